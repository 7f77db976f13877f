package io.gkm.ike;

import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.WireException;

/**
 * The IKE SA cannot go on. Thrown only for what an authenticated message said or is, or for an end
 * of our own.
 */
final class SessionFailedException extends Exception {
  /** Nothing is to be told to the peer. */
  static final int SILENT = 0;

  private final CloseReason reason;
  private final int tell;

  /** The end, without a word to the peer. */
  SessionFailedException(CloseReason reason, String detail) {
    this(reason, detail, SILENT);
  }

  /** The end; {@code tell} is the error notify the peer gets, or {@link #SILENT}. */
  SessionFailedException(CloseReason reason, String detail, int tell) {
    super(detail);
    this.reason = reason;
    this.tell = tell;
  }

  CloseReason reason() {
    return reason;
  }

  int tell() {
    return tell;
  }

  /** An authenticated message of the peer does not parse: that ends the IKE SA (section 2.21.3). */
  static SessionFailedException syntax(int exchangeType, WireException error, int tell) {
    return new SessionFailedException(
        CloseReason.INVALID_SYNTAX,
        "the GCKS's " + ExchangeType.name(exchangeType) + " message: " + error.getMessage(),
        tell);
  }
}
