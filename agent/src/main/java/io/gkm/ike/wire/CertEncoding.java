package io.gkm.ike.wire;

/**
 * Certificate encodings of CERT and CERTREQ payloads (RFC 7296 section 3.6; raw public key: RFC
 * 7670).
 */
public final class CertEncoding {
  public static final int X509_SIGNATURE = 4;
  public static final int CRL = 7;
  public static final int HASH_URL_X509 = 12;
  public static final int HASH_URL_X509_BUNDLE = 13;
  public static final int OCSP = 14;
  public static final int RAW_PUBLIC_KEY = 15;

  private CertEncoding() {}

  /**
   * The registered name of a number, or {@code certificate encoding(number)} for one this program
   * does not know.
   */
  public static String name(int number) {
    return switch (number) {
      case X509_SIGNATURE -> "X509_SIGNATURE";
      case CRL -> "CRL";
      case HASH_URL_X509 -> "HASH_URL_X509";
      case HASH_URL_X509_BUNDLE -> "HASH_URL_X509_BUNDLE";
      case OCSP -> "OCSP";
      case RAW_PUBLIC_KEY -> "RAW_PUBLIC_KEY";
      default -> "certificate encoding(" + number + ")";
    };
  }
}
