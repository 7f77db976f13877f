package io.gkm.ike.wire;

/**
 * IKEv2 payload types (RFC 7296 section 3.2, RFC 6467, RFC 7383, RFC 8019; IDg, GSA and KD: RFC
 * 9838 section 4). SAg shares the number of SA.
 */
public final class PayloadType {
  public static final int NONE = 0;
  public static final int SA = 33;
  public static final int KE = 34;
  public static final int IDI = 35;
  public static final int IDR = 36;
  public static final int CERT = 37;
  public static final int CERTREQ = 38;
  public static final int AUTH = 39;
  public static final int NONCE = 40;
  public static final int NOTIFY = 41;
  public static final int DELETE = 42;
  public static final int VENDOR_ID = 43;
  public static final int TSI = 44;
  public static final int TSR = 45;
  public static final int SK = 46;
  public static final int CP = 47;
  public static final int EAP = 48;
  public static final int GSPM = 49;
  public static final int IDG = 50;
  public static final int GSA = 51;
  public static final int KD = 52;
  public static final int SKF = 53;
  public static final int PS = 54;

  private PayloadType() {}

  /**
   * The registered name of a number, or {@code payload(number)} for one this program does not know.
   */
  public static String name(int number) {
    return switch (number) {
      case NONE -> "NONE";
      case SA -> "SA";
      case KE -> "KE";
      case IDI -> "IDI";
      case IDR -> "IDR";
      case CERT -> "CERT";
      case CERTREQ -> "CERTREQ";
      case AUTH -> "AUTH";
      case NONCE -> "NONCE";
      case NOTIFY -> "NOTIFY";
      case DELETE -> "DELETE";
      case VENDOR_ID -> "VENDOR_ID";
      case TSI -> "TSI";
      case TSR -> "TSR";
      case SK -> "SK";
      case CP -> "CP";
      case EAP -> "EAP";
      case GSPM -> "GSPM";
      case IDG -> "IDG";
      case GSA -> "GSA";
      case KD -> "KD";
      case SKF -> "SKF";
      case PS -> "PS";
      default -> "payload(" + number + ")";
    };
  }

  /** Whether this program knows what the payload type means, even if it does not model its body. */
  public static boolean isKnown(int type) {
    return type >= SA && type <= PS;
  }
}
