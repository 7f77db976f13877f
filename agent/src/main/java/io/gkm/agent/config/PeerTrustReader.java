package io.gkm.agent.config;

import io.gkm.agent.pki.TrustSettings;
import io.gkm.ike.CertificateAuthorities;
import io.gkm.ike.PeerProof;
import io.gkm.ike.RawPublicKey;
import io.gkm.ike.crypto.Certificates;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.IdType;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.Octets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of {@code [controller.NAME.auth]} about what a key server that signs has to show. */
final class PeerTrustReader {
  static final String AUTHORITIES = "ca-files";
  static final String PUBLIC_KEY = "remote-public-key-file";

  private static final String AUTHORITIES_FORM =
      "write names of PEM files with the certificates of trusted authorities, such as [\"ca.pem\"]";
  private static final String PUBLIC_KEY_FORM =
      "write the name of a PEM file with the key server's public key";

  /** What the key server has to prove itself with, and what its certificates must lead to. */
  record Peer(PeerProof proof, Optional<TrustSettings> trust) {}

  private final Path folder;
  private final NamedFiles files;
  private final ConfigTable auth;
  private final Problems problems;
  private final Optional<Located<String>> publicKey;

  PeerTrustReader(Path folder, ConfigTable auth, Problems problems) {
    this.folder = folder;
    this.files = new NamedFiles(folder, problems);
    this.auth = auth;
    this.problems = problems;
    this.publicKey = auth.optionalText(PUBLIC_KEY, PUBLIC_KEY_FORM);
  }

  /** Whether the key server is to sign; what goes with authorities only is reported otherwise. */
  boolean isPresent() {
    if (!auth.has(AUTHORITIES)) {
      for (String key : RevocationReader.KEYS) {
        if (auth.has(key)) {
          problems.error(
              auth.at(key),
              "%s in %s without %s, which it is about".formatted(key, auth.title(), AUTHORITIES));
        }
      }
    }
    return auth.has(AUTHORITIES) || publicKey.isPresent();
  }

  /** Empty when something is wrong, which is reported then. */
  Optional<Peer> read(Optional<Identification> remoteId) {
    if (!auth.has(AUTHORITIES)) {
      return publicKey.flatMap(this::rawKey);
    }
    if (publicKey.isPresent()) {
      problems.error(
          publicKey.get().at(),
          "%s in %s beside %s; write only one of them"
              .formatted(PUBLIC_KEY, auth.title(), AUTHORITIES));
      return Optional.empty();
    }
    if (remoteId.filter(id -> id.idType() == IdType.KEY_ID).isPresent()) {
      problems.error(
          auth.at(AUTHORITIES),
          "no certificate is one for remote-id %s; write remote-id as fqdn:, email:, ipv4:, ipv6:"
                  .formatted(remoteId.get())
              + " or dn:, or use "
              + PUBLIC_KEY);
      return Optional.empty();
    }
    return authorities();
  }

  private Optional<Peer> rawKey(Located<String> file) {
    return files.load(
        file,
        PUBLIC_KEY,
        path -> {
          Octets spki = Octets.of(PemFile.publicKey(path).getEncoded());
          return new Peer(RawPublicKey.of(spki), Optional.empty());
        });
  }

  private Optional<Peer> authorities() {
    List<X509Certificate> anchors = new ArrayList<>();
    List<Located<String>> named = auth.texts(AUTHORITIES, AUTHORITIES_FORM);
    boolean right = !named.isEmpty();
    for (Located<String> file : named) {
      Optional<List<X509Certificate>> read =
          files.load(file, AUTHORITIES, PeerTrustReader::anchors);
      read.ifPresent(anchors::addAll);
      right &= read.isPresent();
    }
    Optional<RevocationReader.Settings> revocation =
        new RevocationReader(folder, auth, problems).read();
    if (!right || revocation.isEmpty()) {
      return Optional.empty();
    }
    List<Octets> keys =
        anchors.stream().map(a -> Octets.of(a.getPublicKey().getEncoded())).toList();
    return Optional.of(
        new Peer(new CertificateAuthorities(keys), Optional.of(revocation.get().trust(anchors))));
  }

  private static List<X509Certificate> anchors(Path file)
      throws RefusedFileException, CryptoException {
    List<X509Certificate> anchors = PemFile.certificates(file);
    for (X509Certificate anchor : anchors) {
      Certificates.requireStrongKey(anchor);
    }
    return anchors;
  }
}
