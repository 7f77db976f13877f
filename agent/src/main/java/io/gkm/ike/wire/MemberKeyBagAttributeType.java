package io.gkm.ike.wire;

/** Attributes of a member key bag (RFC 9838 section 4.5.3); TLV form. */
public final class MemberKeyBagAttributeType {
  public static final int WRAP_KEY = 1;
  public static final int AUTH_KEY = 2;
  public static final int GM_SENDER_ID = 3;

  private MemberKeyBagAttributeType() {}

  /**
   * The registered name of a number, or {@code member key bag attribute(number)} for one this
   * program does not know.
   */
  public static String name(int number) {
    return switch (number) {
      case WRAP_KEY -> "WRAP_KEY";
      case AUTH_KEY -> "AUTH_KEY";
      case GM_SENDER_ID -> "GM_SENDER_ID";
      default -> "member key bag attribute(" + number + ")";
    };
  }
}
