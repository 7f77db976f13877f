package io.gkm.ike.wire;

/**
 * Hash algorithms announced in SIGNATURE_HASH_ALGORITHMS (RFC 7427 section 4; Identity: RFC 8420).
 */
public final class HashId {
  public static final int SHA1 = 1;
  public static final int SHA2_256 = 2;
  public static final int SHA2_384 = 3;
  public static final int SHA2_512 = 4;
  public static final int IDENTITY = 5;
  public static final int STREEBOG_256 = 6;
  public static final int STREEBOG_512 = 7;

  private HashId() {}

  /**
   * The registered name of a number, or {@code hash(number)} for one this program does not know.
   */
  public static String name(int number) {
    return switch (number) {
      case SHA1 -> "SHA1";
      case SHA2_256 -> "SHA2_256";
      case SHA2_384 -> "SHA2_384";
      case SHA2_512 -> "SHA2_512";
      case IDENTITY -> "IDENTITY";
      case STREEBOG_256 -> "STREEBOG_256";
      case STREEBOG_512 -> "STREEBOG_512";
      default -> "hash(" + number + ")";
    };
  }
}
