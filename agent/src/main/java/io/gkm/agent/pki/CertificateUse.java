package io.gkm.agent.pki;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/** Whether a certificate's key may sign in IKE (RFC 4945 sections 5.1.3.2 and 5.1.3.12). */
final class CertificateUse {
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int NON_REPUDIATION = 1;

  /** Any use, IKE (RFC 4945), and what authorities put into the certificates of hosts. */
  private static final Set<String> EXTENDED_USES =
      Set.of(
          "2.5.29.37.0", // anyExtendedKeyUsage
          "1.3.6.1.5.5.7.3.17", // id-kp-ipsecIKE
          "1.3.6.1.5.5.7.3.1", // id-kp-serverAuth
          "1.3.6.1.5.5.7.3.2"); // id-kp-clientAuth

  private CertificateUse() {}

  /**
   * Returns only if it may. Without these extensions a key may do anything.
   *
   * @throws UntrustedException when its certificate is for other uses
   */
  static void require(X509Certificate certificate) throws UntrustedException {
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE] && !usage[NON_REPUDIATION]) {
      throw new UntrustedException(
          "its certificate is not for signatures: key usage has neither digitalSignature nor"
              + " nonRepudiation");
    }
    List<String> uses;
    try {
      uses = certificate.getExtendedKeyUsage();
    } catch (CertificateParsingException e) {
      throw new UntrustedException("its certificate's extended key usage does not parse", e);
    }
    if (uses != null && uses.stream().noneMatch(EXTENDED_USES::contains)) {
      throw new UntrustedException(
          "its certificate is not for IKE: extended key usage is only " + uses);
    }
  }
}
