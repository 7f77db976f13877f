package io.gkm.ike.wire;

/**
 * IKEv2 exchange types (RFC 7296 section 3.1, RFC 5723, RFC 9242, RFC 9370; the group exchanges:
 * RFC 9838 section 2).
 */
public final class ExchangeType {
  public static final int IKE_SA_INIT = 34;
  public static final int IKE_AUTH = 35;
  public static final int CREATE_CHILD_SA = 36;
  public static final int INFORMATIONAL = 37;
  public static final int IKE_SESSION_RESUME = 38;
  public static final int GSA_AUTH = 39;
  public static final int GSA_REGISTRATION = 40;
  public static final int GSA_REKEY = 41;
  public static final int GSA_INBAND_REKEY = 42;
  public static final int IKE_INTERMEDIATE = 43;
  public static final int IKE_FOLLOWUP_KE = 44;

  private ExchangeType() {}

  /**
   * The registered name of a number, or {@code exchange(number)} for one this program does not
   * know.
   */
  public static String name(int number) {
    return switch (number) {
      case IKE_SA_INIT -> "IKE_SA_INIT";
      case IKE_AUTH -> "IKE_AUTH";
      case CREATE_CHILD_SA -> "CREATE_CHILD_SA";
      case INFORMATIONAL -> "INFORMATIONAL";
      case IKE_SESSION_RESUME -> "IKE_SESSION_RESUME";
      case GSA_AUTH -> "GSA_AUTH";
      case GSA_REGISTRATION -> "GSA_REGISTRATION";
      case GSA_REKEY -> "GSA_REKEY";
      case GSA_INBAND_REKEY -> "GSA_INBAND_REKEY";
      case IKE_INTERMEDIATE -> "IKE_INTERMEDIATE";
      case IKE_FOLLOWUP_KE -> "IKE_FOLLOWUP_KE";
      default -> "exchange(" + number + ")";
    };
  }
}
