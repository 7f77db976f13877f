package io.gkm.ike;

import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.NotifyType;

/** What an error of the peer means for the IKE SA (RFC 7296 section 2.21). */
final class ErrorNotify {
  private ErrorNotify() {}

  /** Whether this error ends the IKE SA it is reported in, not just one exchange of it. */
  static boolean endsSa(int type) {
    return type == NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD
        || type == NotifyType.INVALID_SYNTAX
        || type == NotifyType.AUTHENTICATION_FAILED;
  }

  /** Why an IKE SA is over that ends with this error. */
  static CloseReason reason(int type) {
    return switch (type) {
      case NotifyType.INVALID_SYNTAX -> CloseReason.INVALID_SYNTAX;
      case NotifyType.NO_PROPOSAL_CHOSEN -> CloseReason.NO_PROPOSAL_CHOSEN;
      case NotifyType.AUTHENTICATION_FAILED -> CloseReason.AUTHENTICATION_FAILED;
      default -> CloseReason.PROTOCOL_ERROR;
    };
  }

  /** The end that an authenticated answer with this error is. */
  static SessionFailedException failure(int exchangeType, int type) {
    return new SessionFailedException(
        reason(type),
        "the GCKS answered " + ExchangeType.name(exchangeType) + " with " + describe(type));
  }

  /** Name and number, for messages to people. */
  static String describe(int type) {
    String name = NotifyType.name(type);
    return name.contains("(") ? name : name + "(" + type + ")";
  }
}
