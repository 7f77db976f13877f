package io.gkm.ike.wire;

/** Key wrap algorithm ids, transform type 13 (RFC 9838 section 4.5.4). */
public final class KwaId {
  public static final int KW_5649_128 = 1;
  public static final int KW_5649_192 = 2;
  public static final int KW_5649_256 = 3;
  public static final int KW_ARX = 4;

  private KwaId() {}

  /** The registered name of a number, or {@code KWA(number)} for one this program does not know. */
  public static String name(int number) {
    return switch (number) {
      case KW_5649_128 -> "KW_5649_128";
      case KW_5649_192 -> "KW_5649_192";
      case KW_5649_256 -> "KW_5649_256";
      case KW_ARX -> "KW_ARX";
      default -> "KWA(" + number + ")";
    };
  }
}
