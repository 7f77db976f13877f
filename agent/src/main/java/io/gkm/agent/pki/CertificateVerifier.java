package io.gkm.agent.pki;

import io.gkm.ike.CertificateCheck;
import io.gkm.ike.crypto.Certificates;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.Octets;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks the certificates of a peer whose signature is right already. What is cheap comes first;
 * revocation, which may use the network, only for a path that is valid otherwise.
 */
public final class CertificateVerifier {
  /** Authorities between the anchor and the peer. */
  private static final int MAX_PATH = 8;

  private final TrustSettings trust;

  /** Checks against these. */
  public CertificateVerifier(TrustSettings trust) {
    this.trust = trust;
  }

  /**
   * Whether the certificates are trusted; may block.
   *
   * @param when the time at which they must be valid
   * @return why they are not; empty when they are
   */
  public Optional<String> refusal(CertificateCheck check, Instant when) {
    try {
      verify(check, when);
      return Optional.empty();
    } catch (UntrustedException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Why a certificate is not one of this identity; empty when it is. */
  public static Optional<String> identityProblem(
      X509Certificate certificate, Identification identity) {
    try {
      CertificateIdentity.require(certificate, identity);
      return Optional.empty();
    } catch (UntrustedException e) {
      return Optional.of(e.getMessage());
    }
  }

  private void verify(CertificateCheck check, Instant when) throws UntrustedException {
    List<X509Certificate> shown = parse(check.chain());
    X509Certificate own = shown.get(0);
    CertificateIdentity.require(own, check.peer());
    CertificateUse.require(own);
    requireValidity(own, when);
    PKIXCertPathBuilderResult path = path(shown, when);
    requireStrong(path);
    if (trust.revocation() != Revocation.OFF) {
      requireNotRevoked(path, when);
    }
  }

  private static List<X509Certificate> parse(List<Octets> chain) throws UntrustedException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (Octets der : chain) {
        certificates.add(Certificates.parse(der.toByteArray()));
      }
    } catch (CryptoException e) {
      throw new UntrustedException("a certificate it sent: " + e.getMessage(), e);
    }
    return certificates;
  }

  private static void requireValidity(X509Certificate certificate, Instant when)
      throws UntrustedException {
    if (when.isAfter(certificate.getNotAfter().toInstant())) {
      throw new UntrustedException(
          "its certificate expired at " + certificate.getNotAfter().toInstant());
    }
    if (when.isBefore(certificate.getNotBefore().toInstant())) {
      throw new UntrustedException(
          "its certificate is valid from %s only; this host's clock says %s"
              .formatted(certificate.getNotBefore().toInstant(), when));
    }
  }

  private PKIXBuilderParameters parameters(
      X509Certificate own, Collection<?> store, Instant when, boolean revocation)
      throws GeneralSecurityException {
    Set<TrustAnchor> anchors =
        trust.anchors().stream().map(a -> new TrustAnchor(a, null)).collect(Collectors.toSet());
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(own);
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
    parameters.setDate(Date.from(when));
    parameters.setMaxPathLength(MAX_PATH);
    parameters.setRevocationEnabled(revocation);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(store)));
    return parameters;
  }

  private PKIXCertPathBuilderResult path(List<X509Certificate> shown, Instant when)
      throws UntrustedException {
    X509Certificate own = shown.get(0);
    try {
      PKIXCertPathBuilderResult result =
          (PKIXCertPathBuilderResult)
              CertPathBuilder.getInstance("PKIX").build(parameters(own, shown, when, false));
      if (result.getCertPath().getCertificates().stream().findFirst().equals(Optional.of(own))) {
        return result;
      }
      throw new UntrustedException(
          "its certificate is itself a trust anchor; configure its public key instead");
    } catch (CertPathBuilderException e) {
      throw new UntrustedException(
          "its certificate (issued by %s) does not lead to a trust anchor: %s"
              .formatted(own.getIssuerX500Principal().getName(), reason(e)),
          e);
    } catch (GeneralSecurityException e) {
      throw new UntrustedException("its certificates cannot be checked: " + reason(e), e);
    }
  }

  private static void requireStrong(PKIXCertPathBuilderResult path) throws UntrustedException {
    try {
      for (Certificate certificate : path.getCertPath().getCertificates()) {
        Certificates.requireStrong((X509Certificate) certificate);
      }
      Certificates.requireStrongKey(path.getTrustAnchor().getTrustedCert());
    } catch (CryptoException e) {
      throw new UntrustedException(e.getMessage(), e);
    }
  }

  private void requireNotRevoked(PKIXCertPathBuilderResult built, Instant when)
      throws UntrustedException {
    CertPath path = built.getCertPath();
    try {
      X509Certificate own = (X509Certificate) path.getCertificates().get(0);
      PKIXBuilderParameters parameters =
          parameters(own, CrlFiles.read(trust.crlFiles()), when, true);
      CertPathValidator validator = CertPathValidator.getInstance("PKIX");
      PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
      checker.setOptions(options());
      trust.ocspResponder().ifPresent(checker::setOcspResponder);
      parameters.addCertPathChecker(checker);
      validator.validate(path, parameters);
    } catch (CertPathValidatorException e) {
      throw new UntrustedException(
          (e.getReason() == CertPathValidatorException.BasicReason.REVOKED
                  ? "its certificate is revoked: "
                  : "it cannot be told whether its certificate is revoked: ")
              + reason(e),
          e);
    } catch (GeneralSecurityException | IOException e) {
      throw new UntrustedException(
          "it cannot be told whether its certificate is revoked: " + reason(e), e);
    }
  }

  /** Never SOFT_FAIL: who cannot be checked is refused. */
  private Set<PKIXRevocationChecker.Option> options() {
    return switch (trust.revocation()) {
      case OFF, ANY -> EnumSet.noneOf(PKIXRevocationChecker.Option.class);
      case CRL ->
          EnumSet.of(
              PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK);
      case OCSP -> EnumSet.of(PKIXRevocationChecker.Option.NO_FALLBACK);
    };
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
