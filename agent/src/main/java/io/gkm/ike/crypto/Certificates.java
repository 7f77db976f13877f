package io.gkm.ike.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.Certificate;

/** X.509 certificates as CERT payloads carry them: DER (RFC 5280). */
public final class Certificates {
  /** Octets of a certificate; more is refused unread. */
  public static final int MAX_OCTETS = 16384;

  private Certificates() {}

  /**
   * Reads one certificate, and nothing but that. Nothing in it is trusted yet.
   *
   * @throws CryptoException when it is none
   */
  public static X509Certificate parse(byte[] der) throws CryptoException {
    if (der.length > MAX_OCTETS) {
      throw new CryptoException("certificate of " + der.length + " octets is too long");
    }
    X509Certificate certificate;
    try {
      certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      // The JDK also reads PEM, and stops where the certificate ends.
      if (Arrays.equals(certificate.getEncoded(), der)) {
        return certificate;
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new CryptoException("certificate does not parse", e);
    }
    throw new CryptoException("certificate is not DER, or something follows it");
  }

  /**
   * Refuses what the JDK's path validation lets pass: signatures with SHA-1, short RSA keys, other
   * curves (RFC 8247 section 3).
   *
   * @throws CryptoException when the certificate's key, or its issuer's signature, is too weak
   */
  public static void requireStrong(X509Certificate certificate) throws CryptoException {
    String who = "certificate of " + certificate.getSubjectX500Principal().getName();
    try {
      requireStrongKey(certificate);
      SignatureAlgorithm.parse(
          Certificate.getInstance(certificate.getEncoded())
              .getSignatureAlgorithm()
              .getEncoded("DER"));
    } catch (CryptoException e) {
      throw new CryptoException(who + ": " + e.getMessage(), e);
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw new CryptoException(who + " does not encode", e);
    }
  }

  /**
   * The part of {@link #requireStrong} that holds for trust anchors too.
   *
   * @throws CryptoException when the certificate's key is too weak
   */
  public static void requireStrongKey(X509Certificate certificate) throws CryptoException {
    SignatureChoice.usable(certificate.getPublicKey().getEncoded());
  }

  /**
   * How a CERTREQ payload names an authority (RFC 7296 section 3.7): SHA-1 over its DER
   * SubjectPublicKeyInfo. It is only a hint to the peer, which certificates may help.
   */
  public static byte[] authorityName(byte[] spki) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(spki);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
