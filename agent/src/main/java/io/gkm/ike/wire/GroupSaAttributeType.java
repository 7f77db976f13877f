package io.gkm.ike.wire;

/** Attributes of a group SA policy (RFC 9838 section 4.4.2.2); all of them in TLV form. */
public final class GroupSaAttributeType {
  public static final int GSA_KEY_LIFETIME = 1;
  public static final int GSA_INITIAL_MESSAGE_ID = 2;
  public static final int GSA_NEXT_SPI = 3;

  private GroupSaAttributeType() {}

  /**
   * The registered name of a number, or {@code group SA attribute(number)} for one this program
   * does not know.
   */
  public static String name(int number) {
    return switch (number) {
      case GSA_KEY_LIFETIME -> "GSA_KEY_LIFETIME";
      case GSA_INITIAL_MESSAGE_ID -> "GSA_INITIAL_MESSAGE_ID";
      case GSA_NEXT_SPI -> "GSA_NEXT_SPI";
      default -> "group SA attribute(" + number + ")";
    };
  }
}
