package io.gkm.ike.wire;

/** Identification types (RFC 7296 section 3.5; NULL: RFC 7619). */
public final class IdType {
  public static final int IPV4_ADDR = 1;
  public static final int FQDN = 2;
  public static final int RFC822_ADDR = 3;
  public static final int IPV6_ADDR = 5;
  public static final int DER_ASN1_DN = 9;
  public static final int DER_ASN1_GN = 10;
  public static final int KEY_ID = 11;
  public static final int NULL = 13;

  private IdType() {}

  /**
   * The registered name of a number, or {@code ID type(number)} for one this program does not know.
   */
  public static String name(int number) {
    return switch (number) {
      case IPV4_ADDR -> "IPV4_ADDR";
      case FQDN -> "FQDN";
      case RFC822_ADDR -> "RFC822_ADDR";
      case IPV6_ADDR -> "IPV6_ADDR";
      case DER_ASN1_DN -> "DER_ASN1_DN";
      case DER_ASN1_GN -> "DER_ASN1_GN";
      case KEY_ID -> "KEY_ID";
      case NULL -> "NULL";
      default -> "ID type(" + number + ")";
    };
  }
}
