package io.gkm.lab.controller;

import io.gkm.agent.config.PemFile;
import io.gkm.agent.config.RefusedFileException;
import io.gkm.agent.pki.CertificateVerifier;
import io.gkm.agent.pki.Revocation;
import io.gkm.agent.pki.TrustSettings;
import io.gkm.ike.CertificateAuthorities;
import io.gkm.ike.CertificateCheck;
import io.gkm.ike.OwnCredential;
import io.gkm.ike.PeerProof;
import io.gkm.ike.RawPublicKey;
import io.gkm.ike.SigningCredential;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.Octets;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads from files what the key server signs with and what members that sign have to show. */
final class MemberAuth {
  private MemberAuth() {}

  /** What a member has to show, and how its certificates are checked. */
  record Shown(PeerProof proof, Function<CertificateCheck, Optional<String>> certificates) {}

  /** The key server's own certificates, the first with the key in {@code keyFile}. */
  static OwnCredential certificate(Path certificateFile, Path keyFile) throws IOException {
    try {
      List<X509Certificate> chain = PemFile.certificates(certificateFile);
      List<Octets> der = new ArrayList<>();
      for (X509Certificate certificate : chain) {
        der.add(Octets.of(certificate.getEncoded()));
      }
      return SigningCredential.ofCertificates(
          PemFile.privateKey(keyFile, chain.get(0).getPublicKey()), der);
    } catch (RefusedFileException | CryptoException | CertificateEncodingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** A certificate that leads to an authority, and that no CRL of these revokes. */
  static Shown authority(Path authorityFile, List<Path> crls) throws IOException {
    try {
      List<X509Certificate> anchors = PemFile.certificates(authorityFile);
      CertificateVerifier verifier =
          new CertificateVerifier(
              new TrustSettings(
                  anchors,
                  crls.isEmpty() ? Revocation.OFF : Revocation.CRL,
                  crls,
                  Optional.empty()));
      List<Octets> keys =
          anchors.stream().map(a -> Octets.of(a.getPublicKey().getEncoded())).toList();
      return new Shown(
          new CertificateAuthorities(keys), check -> verifier.refusal(check, Instant.now()));
    } catch (RefusedFileException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** This very key. */
  static Shown publicKey(Path file) throws IOException {
    try {
      Octets spki = Octets.of(PemFile.publicKey(file).getEncoded());
      return new Shown(RawPublicKey.of(spki), check -> Optional.of("no certificates are expected"));
    } catch (RefusedFileException | CryptoException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
