package io.gkm.ike.wire;

/**
 * Key exchange method ids, transform types 4 and 6 to 12 (RFC 7296 section 3.3.2, RFC 3526, RFC
 * 5903, RFC 6954, RFC 8031, draft-ietf-ipsecme-ikev2-mlkem).
 */
public final class KeMethod {
  public static final int NONE = 0;
  public static final int MODP_2048 = 14;
  public static final int MODP_3072 = 15;
  public static final int MODP_4096 = 16;
  public static final int MODP_6144 = 17;
  public static final int MODP_8192 = 18;
  public static final int ECP_256 = 19;
  public static final int ECP_384 = 20;
  public static final int ECP_521 = 21;
  public static final int BRAINPOOL_P256R1 = 28;
  public static final int BRAINPOOL_P384R1 = 29;
  public static final int BRAINPOOL_P512R1 = 30;
  public static final int CURVE25519 = 31;
  public static final int CURVE448 = 32;
  public static final int GOST3410_2012_256 = 33;
  public static final int GOST3410_2012_512 = 34;
  public static final int ML_KEM_512 = 35;
  public static final int ML_KEM_768 = 36;
  public static final int ML_KEM_1024 = 37;

  private KeMethod() {}

  /** The registered name of a number, or {@code KE(number)} for one this program does not know. */
  public static String name(int number) {
    return switch (number) {
      case NONE -> "NONE";
      case MODP_2048 -> "MODP_2048";
      case MODP_3072 -> "MODP_3072";
      case MODP_4096 -> "MODP_4096";
      case MODP_6144 -> "MODP_6144";
      case MODP_8192 -> "MODP_8192";
      case ECP_256 -> "ECP_256";
      case ECP_384 -> "ECP_384";
      case ECP_521 -> "ECP_521";
      case BRAINPOOL_P256R1 -> "BRAINPOOL_P256R1";
      case BRAINPOOL_P384R1 -> "BRAINPOOL_P384R1";
      case BRAINPOOL_P512R1 -> "BRAINPOOL_P512R1";
      case CURVE25519 -> "CURVE25519";
      case CURVE448 -> "CURVE448";
      case GOST3410_2012_256 -> "GOST3410_2012_256";
      case GOST3410_2012_512 -> "GOST3410_2012_512";
      case ML_KEM_512 -> "ML_KEM_512";
      case ML_KEM_768 -> "ML_KEM_768";
      case ML_KEM_1024 -> "ML_KEM_1024";
      default -> "KE(" + number + ")";
    };
  }
}
