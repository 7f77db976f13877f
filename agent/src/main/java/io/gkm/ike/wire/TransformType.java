package io.gkm.ike.wire;

/** Transform types (RFC 7296 section 3.3.2, RFC 9370; SN: RFC 9827; KWA and GCAUTH: RFC 9838). */
public final class TransformType {
  public static final int ENCR = 1;
  public static final int PRF = 2;
  public static final int INTEG = 3;
  public static final int KE = 4;
  public static final int SN = 5;
  public static final int ADDKE1 = 6;
  public static final int ADDKE2 = 7;
  public static final int ADDKE3 = 8;
  public static final int ADDKE4 = 9;
  public static final int ADDKE5 = 10;
  public static final int ADDKE6 = 11;
  public static final int ADDKE7 = 12;
  public static final int KWA = 13;
  public static final int GCAUTH = 14;

  private TransformType() {}

  /**
   * The registered name of a number, or {@code transform type(number)} for one this program does
   * not know.
   */
  public static String name(int number) {
    return switch (number) {
      case ENCR -> "ENCR";
      case PRF -> "PRF";
      case INTEG -> "INTEG";
      case KE -> "KE";
      case SN -> "SN";
      case ADDKE1 -> "ADDKE1";
      case ADDKE2 -> "ADDKE2";
      case ADDKE3 -> "ADDKE3";
      case ADDKE4 -> "ADDKE4";
      case ADDKE5 -> "ADDKE5";
      case ADDKE6 -> "ADDKE6";
      case ADDKE7 -> "ADDKE7";
      case KWA -> "KWA";
      case GCAUTH -> "GCAUTH";
      default -> "transform type(" + number + ")";
    };
  }

  /** The registered name of a transform id of a transform type. */
  public static String idName(int type, int id) {
    return switch (type) {
      case ENCR -> EncrId.name(id);
      case PRF -> PrfId.name(id);
      case INTEG -> IntegId.name(id);
      case KE, ADDKE1, ADDKE2, ADDKE3, ADDKE4, ADDKE5, ADDKE6, ADDKE7 -> KeMethod.name(id);
      case SN -> SnId.name(id);
      case KWA -> KwaId.name(id);
      case GCAUTH -> GcauthId.name(id);
      default -> name(type) + " " + id;
    };
  }
}
