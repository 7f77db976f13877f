package io.gkm.agent.pki;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What certificates are checked against.
 *
 * @param anchors certificates of the authorities that are trusted; at least one
 * @param revocation how revoked certificates are found
 * @param crlFiles PEM or DER, read anew for each check
 * @param ocspResponder asked instead of the one that a certificate names
 */
public record TrustSettings(
    List<X509Certificate> anchors,
    Revocation revocation,
    List<Path> crlFiles,
    Optional<URI> ocspResponder) {
  /**
   * @throws IllegalArgumentException when there is no anchor: then nobody could be trusted
   */
  public TrustSettings {
    anchors = List.copyOf(anchors);
    crlFiles = List.copyOf(crlFiles);
    if (anchors.isEmpty()) {
      throw new IllegalArgumentException("no trust anchor");
    }
  }
}
