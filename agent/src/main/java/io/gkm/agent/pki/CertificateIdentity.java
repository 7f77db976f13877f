package io.gkm.agent.pki;

import io.gkm.ike.wire.IdType;
import io.gkm.ike.wire.Identification;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/**
 * Whether a certificate is one of an IKE identity (RFC 4945 section 3.1): a distinguished name must
 * be its subject, every other identity a subject alternative name of its kind. The subject's CN is
 * never taken for a host name, and wildcards match nothing.
 */
final class CertificateIdentity {
  // GeneralName's tags (RFC 5280 section 4.2.1.6).
  private static final int RFC822_NAME = 1;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private CertificateIdentity() {}

  /**
   * Returns only if it is.
   *
   * @throws UntrustedException when it is a certificate of somebody else
   */
  static void require(X509Certificate certificate, Identification identity)
      throws UntrustedException {
    boolean matches =
        switch (identity.idType()) {
          case IdType.DER_ASN1_DN -> isSubject(certificate, identity);
          case IdType.FQDN -> hasName(certificate, DNS_NAME, fold(text(identity)));
          case IdType.RFC822_ADDR -> hasName(certificate, RFC822_NAME, mailbox(text(identity)));
          case IdType.IPV4_ADDR, IdType.IPV6_ADDR -> hasAddress(certificate, identity);
          default -> false;
        };
    if (!matches) {
      throw new UntrustedException(
          "its certificate (%s%s) is not one for %s"
              .formatted(
                  certificate.getSubjectX500Principal().getName(), names(certificate), identity));
    }
  }

  private static boolean isSubject(X509Certificate certificate, Identification identity) {
    X500Principal subject = certificate.getSubjectX500Principal();
    try {
      return !subject.getName().isEmpty()
          && subject.equals(new X500Principal(identity.data().toByteArray()));
    } catch (IllegalArgumentException e) {
      // The identity is no distinguished name, so nobody has it.
      return false;
    }
  }

  private static boolean hasName(X509Certificate certificate, int kind, String wanted)
      throws UntrustedException {
    for (List<?> name : alternatives(certificate)) {
      if (name.get(0).equals(kind) && name.get(1) instanceof String text) {
        String folded = kind == RFC822_NAME ? mailbox(text) : fold(text);
        if (folded.equals(wanted)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasAddress(X509Certificate certificate, Identification identity)
      throws UntrustedException {
    for (List<?> name : alternatives(certificate)) {
      if (name.get(0).equals(IP_ADDRESS)
          && name.get(1) instanceof String text
          && Arrays.equals(address(text), identity.data().toByteArray())) {
        return true;
      }
    }
    return false;
  }

  /** The JDK writes the octets of an iPAddress as digits: nothing is looked up. */
  private static byte[] address(String digits) {
    try {
      return InetAddress.getByName(digits).getAddress();
    } catch (UnknownHostException e) {
      return new byte[0];
    }
  }

  private static Collection<List<?>> alternatives(X509Certificate certificate)
      throws UntrustedException {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException e) {
      throw new UntrustedException("its certificate's alternative names do not parse", e);
    }
  }

  private static String names(X509Certificate certificate) throws UntrustedException {
    StringBuilder text = new StringBuilder();
    for (List<?> name : alternatives(certificate)) {
      if (name.get(1) instanceof String value) {
        text.append(", ").append(value);
      }
    }
    return text.toString();
  }

  private static String text(Identification identity) {
    return new String(identity.data().toByteArray(), StandardCharsets.US_ASCII);
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Only the domain of a mailbox is the same in both cases (RFC 5280 section 7.5). */
  private static String mailbox(String address) {
    int at = address.lastIndexOf('@');
    return address.substring(0, at + 1) + fold(address.substring(at + 1));
  }
}
