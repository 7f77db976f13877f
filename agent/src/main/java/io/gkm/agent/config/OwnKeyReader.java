package io.gkm.agent.config;

import io.gkm.agent.pki.CertificateVerifier;
import io.gkm.ike.OwnCredential;
import io.gkm.ike.SigningCredential;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.Octets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of {@code [controller.NAME.auth]} about how we sign. */
final class OwnKeyReader {
  static final String CERTIFICATE = "certificate-file";
  static final String PUBLIC_KEY = "public-key-file";
  static final String KEY = "key-file";

  private static final String CERTIFICATE_FORM =
      "write the name of a PEM file with our certificate, then those of the authorities above it";
  private static final String PUBLIC_KEY_FORM =
      "write the name of a PEM file with our public key, which the key server knows";
  private static final String KEY_FORM = "write the name of a PEM file with our private key";

  private final NamedFiles files;
  private final ConfigTable auth;
  private final Problems problems;
  private final Optional<Located<String>> certificate;
  private final Optional<Located<String>> publicKey;

  OwnKeyReader(Path folder, ConfigTable auth, Problems problems) {
    this.files = new NamedFiles(folder, problems);
    this.auth = auth;
    this.problems = problems;
    this.certificate = auth.optionalText(CERTIFICATE, CERTIFICATE_FORM);
    this.publicKey = auth.optionalText(PUBLIC_KEY, PUBLIC_KEY_FORM);
  }

  /** Whether we are to sign; a private key without a public one is reported. */
  boolean isPresent() {
    if (certificate.isEmpty() && publicKey.isEmpty()) {
      auth.optionalText(KEY, KEY_FORM)
          .ifPresent(
              key ->
                  problems.error(
                      key.at(),
                      "%s in %s has neither %s nor %s beside it"
                          .formatted(KEY, auth.title(), CERTIFICATE, PUBLIC_KEY)));
      return false;
    }
    return true;
  }

  /** Empty when something is wrong, which is reported then. */
  Optional<OwnCredential> read(Optional<Identification> localId) {
    Optional<Located<String>> key = auth.text(KEY, KEY_FORM);
    if (certificate.isPresent() && publicKey.isPresent()) {
      problems.error(
          publicKey.get().at(),
          "%s in %s beside %s; write only one of them"
              .formatted(PUBLIC_KEY, auth.title(), CERTIFICATE));
      return Optional.empty();
    }
    if (key.isEmpty()) {
      return Optional.empty();
    }
    return certificate.isPresent()
        ? withCertificate(certificate.get(), key.get(), localId)
        : withRawKey(publicKey.orElseThrow(), key.get());
  }

  private Optional<OwnCredential> withCertificate(
      Located<String> file, Located<String> keyFile, Optional<Identification> localId) {
    Optional<List<X509Certificate>> read = files.load(file, CERTIFICATE, PemFile::certificates);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    X509Certificate own = read.get().get(0);
    doubt(file, own, localId);
    return files.load(
        keyFile,
        KEY,
        path -> {
          PrivateKey key = PemFile.privateKey(path, own.getPublicKey());
          return checked(path, SigningCredential.ofCertificates(key, sent(read.get())));
        });
  }

  /** Without self-signed ones at the end: who trusts an authority has its certificate. */
  private static List<Octets> sent(List<X509Certificate> chain)
      throws CertificateEncodingException {
    List<Octets> sent = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      boolean selfSigned =
          certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
      if (sent.isEmpty() || !selfSigned) {
        sent.add(Octets.of(certificate.getEncoded()));
      }
    }
    return sent;
  }

  private void doubt(Located<String> file, X509Certificate own, Optional<Identification> localId) {
    localId
        .flatMap(id -> CertificateVerifier.identityProblem(own, id))
        .ifPresent(
            why -> problems.warning(file.at(), CERTIFICATE + " does not fit local-id: " + why));
    if (own.getNotAfter().toInstant().isBefore(Instant.now())) {
      problems.warning(
          file.at(), "%s expired at %s".formatted(CERTIFICATE, own.getNotAfter().toInstant()));
    }
  }

  private Optional<OwnCredential> withRawKey(Located<String> file, Located<String> keyFile) {
    Optional<PublicKey> read = files.load(file, PUBLIC_KEY, PemFile::publicKey);
    return read.flatMap(
        own ->
            files.load(
                keyFile,
                KEY,
                path -> {
                  PrivateKey key = PemFile.privateKey(path, own);
                  Octets spki = Octets.of(own.getEncoded());
                  return checked(path, SigningCredential.ofRawKey(key, spki));
                }));
  }

  private static OwnCredential checked(Path file, SigningCredential credential)
      throws RefusedFileException {
    try {
      credential.requirePair(new SecureRandom());
      return credential;
    } catch (CryptoException e) {
      throw new RefusedFileException(file + " is not the private key of our public key", e);
    }
  }
}
