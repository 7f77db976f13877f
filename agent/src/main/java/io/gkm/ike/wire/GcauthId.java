package io.gkm.ike.wire;

/** Group controller authentication method ids, transform type 14 (RFC 9838 section 4.4.2.1.1). */
public final class GcauthId {
  public static final int IMPLICIT = 1;
  public static final int DIGITAL_SIGNATURE = 2;

  private GcauthId() {}

  /**
   * The registered name of a number, or {@code GCAUTH(number)} for one this program does not know.
   */
  public static String name(int number) {
    return switch (number) {
      case IMPLICIT -> "IMPLICIT";
      case DIGITAL_SIGNATURE -> "DIGITAL_SIGNATURE";
      default -> "GCAUTH(" + number + ")";
    };
  }
}
