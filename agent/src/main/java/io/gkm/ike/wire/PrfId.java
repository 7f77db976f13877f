package io.gkm.ike.wire;

/** Pseudorandom function ids, transform type 2 (RFC 7296 section 3.3.2, RFC 4868, RFC 4615). */
public final class PrfId {
  public static final int HMAC_SHA1 = 2;
  public static final int AES128_XCBC = 4;
  public static final int HMAC_SHA2_256 = 5;
  public static final int HMAC_SHA2_384 = 6;
  public static final int HMAC_SHA2_512 = 7;
  public static final int AES128_CMAC = 8;
  public static final int HMAC_STREEBOG_512 = 9;

  private PrfId() {}

  /** The registered name of a number, or {@code PRF(number)} for one this program does not know. */
  public static String name(int number) {
    return switch (number) {
      case HMAC_SHA1 -> "HMAC_SHA1";
      case AES128_XCBC -> "AES128_XCBC";
      case HMAC_SHA2_256 -> "HMAC_SHA2_256";
      case HMAC_SHA2_384 -> "HMAC_SHA2_384";
      case HMAC_SHA2_512 -> "HMAC_SHA2_512";
      case AES128_CMAC -> "AES128_CMAC";
      case HMAC_STREEBOG_512 -> "HMAC_STREEBOG_512";
      default -> "PRF(" + number + ")";
    };
  }
}
