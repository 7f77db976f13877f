package io.gkm.ike.wire;

/**
 * Integrity algorithm ids, transform type 3 (RFC 7296 section 3.3.2, RFC 4868, RFC 4494, RFC 4543).
 */
public final class IntegId {
  public static final int NONE = 0;
  public static final int HMAC_SHA1_96 = 2;
  public static final int AES_XCBC_96 = 5;
  public static final int AES_CMAC_96 = 8;
  public static final int AES_128_GMAC = 9;
  public static final int AES_192_GMAC = 10;
  public static final int AES_256_GMAC = 11;
  public static final int HMAC_SHA2_256_128 = 12;
  public static final int HMAC_SHA2_384_192 = 13;
  public static final int HMAC_SHA2_512_256 = 14;

  private IntegId() {}

  /**
   * The registered name of a number, or {@code INTEG(number)} for one this program does not know.
   */
  public static String name(int number) {
    return switch (number) {
      case NONE -> "NONE";
      case HMAC_SHA1_96 -> "HMAC_SHA1_96";
      case AES_XCBC_96 -> "AES_XCBC_96";
      case AES_CMAC_96 -> "AES_CMAC_96";
      case AES_128_GMAC -> "AES_128_GMAC";
      case AES_192_GMAC -> "AES_192_GMAC";
      case AES_256_GMAC -> "AES_256_GMAC";
      case HMAC_SHA2_256_128 -> "HMAC_SHA2_256_128";
      case HMAC_SHA2_384_192 -> "HMAC_SHA2_384_192";
      case HMAC_SHA2_512_256 -> "HMAC_SHA2_512_256";
      default -> "INTEG(" + number + ")";
    };
  }
}
