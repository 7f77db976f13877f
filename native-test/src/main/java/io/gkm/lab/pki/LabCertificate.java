package io.gkm.lab.pki;

import io.gkm.ike.wire.Octets;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** A certificate and the keys it is for. */
public record LabCertificate(X509Certificate certificate, KeyPair keys) {
  /** DER. */
  public Octets der() {
    try {
      return Octets.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code -----BEGIN CERTIFICATE-----} ... */
  public String pem() {
    return pem("CERTIFICATE", der().toByteArray());
  }

  /** The private key: {@code -----BEGIN PRIVATE KEY-----} ..., PKCS #8. */
  public String keyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** Wraps DER in a PEM block. */
  public static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
  }

  /** Says nothing about the private key. */
  @Override
  public String toString() {
    return "LabCertificate[" + certificate.getSubjectX500Principal() + "]";
  }
}
