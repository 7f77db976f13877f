package io.gkm.ike;

/**
 * A datagram is dropped: it is malformed, forged, late, or not for us. The exchange goes on as if
 * it had not come, because anybody can send such a datagram.
 */
public final class IgnoredMessageException extends Exception {
  /** Says why. */
  public IgnoredMessageException(String message) {
    super(message);
  }

  /** The same, with the complaint of the layer below, whose text is appended. */
  public IgnoredMessageException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
