package io.gkm.ike.wire;

/** Authentication methods (RFC 7296 section 3.8, RFC 4754, RFC 6467, RFC 7619, RFC 7427). */
public final class AuthMethod {
  public static final int RSA_DIGITAL_SIGNATURE = 1;
  public static final int SHARED_KEY_MIC = 2;
  public static final int ECDSA_SHA256_P256 = 9;
  public static final int ECDSA_SHA384_P384 = 10;
  public static final int ECDSA_SHA512_P521 = 11;
  public static final int GENERIC_SECURE_PASSWORD = 12;
  public static final int NULL = 13;
  public static final int DIGITAL_SIGNATURE = 14;

  private AuthMethod() {}

  /**
   * The registered name of a number, or {@code authentication method(number)} for one this program
   * does not know.
   */
  public static String name(int number) {
    return switch (number) {
      case RSA_DIGITAL_SIGNATURE -> "RSA_DIGITAL_SIGNATURE";
      case SHARED_KEY_MIC -> "SHARED_KEY_MIC";
      case ECDSA_SHA256_P256 -> "ECDSA_SHA256_P256";
      case ECDSA_SHA384_P384 -> "ECDSA_SHA384_P384";
      case ECDSA_SHA512_P521 -> "ECDSA_SHA512_P521";
      case GENERIC_SECURE_PASSWORD -> "GENERIC_SECURE_PASSWORD";
      case NULL -> "NULL";
      case DIGITAL_SIGNATURE -> "DIGITAL_SIGNATURE";
      default -> "authentication method(" + number + ")";
    };
  }
}
