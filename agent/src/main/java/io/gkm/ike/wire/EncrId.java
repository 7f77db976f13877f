package io.gkm.ike.wire;

/**
 * Encryption algorithm ids, transform type 1 (RFC 7296 section 3.3.2, RFC 4106, RFC 4309, RFC 7634,
 * RFC 8750, RFC 9227).
 */
public final class EncrId {
  public static final int DES3 = 3;
  public static final int NULL = 11;
  public static final int AES_CBC = 12;
  public static final int AES_CTR = 13;
  public static final int AES_CCM_8 = 14;
  public static final int AES_CCM_12 = 15;
  public static final int AES_CCM_16 = 16;
  public static final int AES_GCM_8 = 18;
  public static final int AES_GCM_12 = 19;
  public static final int AES_GCM_16 = 20;
  public static final int NULL_AUTH_AES_GMAC = 21;
  public static final int CAMELLIA_CBC = 23;
  public static final int CAMELLIA_CTR = 24;
  public static final int CAMELLIA_CCM_8 = 25;
  public static final int CAMELLIA_CCM_12 = 26;
  public static final int CAMELLIA_CCM_16 = 27;
  public static final int CHACHA20_POLY1305 = 28;
  public static final int AES_CCM_8_IIV = 29;
  public static final int AES_GCM_16_IIV = 30;
  public static final int CHACHA20_POLY1305_IIV = 31;
  public static final int KUZNYECHIK_MGM_KTREE = 32;
  public static final int MAGMA_MGM_KTREE = 33;
  public static final int KUZNYECHIK_MGM_MAC_KTREE = 34;
  public static final int MAGMA_MGM_MAC_KTREE = 35;

  private EncrId() {}

  /**
   * The registered name of a number, or {@code ENCR(number)} for one this program does not know.
   */
  public static String name(int number) {
    return switch (number) {
      case DES3 -> "DES3";
      case NULL -> "NULL";
      case AES_CBC -> "AES_CBC";
      case AES_CTR -> "AES_CTR";
      case AES_CCM_8 -> "AES_CCM_8";
      case AES_CCM_12 -> "AES_CCM_12";
      case AES_CCM_16 -> "AES_CCM_16";
      case AES_GCM_8 -> "AES_GCM_8";
      case AES_GCM_12 -> "AES_GCM_12";
      case AES_GCM_16 -> "AES_GCM_16";
      case NULL_AUTH_AES_GMAC -> "NULL_AUTH_AES_GMAC";
      case CAMELLIA_CBC -> "CAMELLIA_CBC";
      case CAMELLIA_CTR -> "CAMELLIA_CTR";
      case CAMELLIA_CCM_8 -> "CAMELLIA_CCM_8";
      case CAMELLIA_CCM_12 -> "CAMELLIA_CCM_12";
      case CAMELLIA_CCM_16 -> "CAMELLIA_CCM_16";
      case CHACHA20_POLY1305 -> "CHACHA20_POLY1305";
      case AES_CCM_8_IIV -> "AES_CCM_8_IIV";
      case AES_GCM_16_IIV -> "AES_GCM_16_IIV";
      case CHACHA20_POLY1305_IIV -> "CHACHA20_POLY1305_IIV";
      case KUZNYECHIK_MGM_KTREE -> "KUZNYECHIK_MGM_KTREE";
      case MAGMA_MGM_KTREE -> "MAGMA_MGM_KTREE";
      case KUZNYECHIK_MGM_MAC_KTREE -> "KUZNYECHIK_MGM_MAC_KTREE";
      case MAGMA_MGM_MAC_KTREE -> "MAGMA_MGM_MAC_KTREE";
      default -> "ENCR(" + number + ")";
    };
  }
}
