package io.gkm.ike.wire;

/**
 * Attributes of the group-wide policy (RFC 9838 section 4.4.3.1); all of them in TV form, 16 bits.
 */
public final class GroupWideAttributeType {
  public static final int GWP_ATD = 1;
  public static final int GWP_DTD = 2;
  public static final int GWP_SENDER_ID_BITS = 3;

  private GroupWideAttributeType() {}

  /**
   * The registered name of a number, or {@code group-wide attribute(number)} for one this program
   * does not know.
   */
  public static String name(int number) {
    return switch (number) {
      case GWP_ATD -> "GWP_ATD";
      case GWP_DTD -> "GWP_DTD";
      case GWP_SENDER_ID_BITS -> "GWP_SENDER_ID_BITS";
      default -> "group-wide attribute(" + number + ")";
    };
  }
}
