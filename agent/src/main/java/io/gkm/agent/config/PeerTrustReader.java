package io.gkm.agent.config;

import io.gkm.agent.pki.CrlFiles;
import io.gkm.agent.pki.Revocation;
import io.gkm.agent.pki.TrustSettings;
import io.gkm.ike.CertificateAuthorities;
import io.gkm.ike.PeerProof;
import io.gkm.ike.RawPublicKey;
import io.gkm.ike.crypto.Certificates;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.IdType;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.Octets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of {@code [controller.NAME.auth]} about what a key server that signs has to show. */
final class PeerTrustReader {
  static final String AUTHORITIES = "ca-files";
  static final String PUBLIC_KEY = "remote-public-key-file";
  static final String REVOCATION = "revocation";
  static final String CRLS = "crl-files";
  static final String OCSP = "ocsp-responder";

  private static final String AUTHORITIES_FORM =
      "write names of PEM files with the certificates of trusted authorities, such as [\"ca.pem\"]";
  private static final String PUBLIC_KEY_FORM =
      "write the name of a PEM file with the key server's public key";
  private static final String REVOCATION_FORM =
      "write one of " + String.join(", ", Revocation.texts());
  private static final String CRLS_FORM = "write names of CRL files, such as [\"ca.crl\"]";
  private static final String OCSP_FORM = "write a URL such as \"http://ocsp.example/\"";

  /** What the key server has to prove itself with, and what its certificates must lead to. */
  record Peer(PeerProof proof, Optional<TrustSettings> trust) {}

  private final Path folder;
  private final ConfigTable auth;
  private final Problems problems;
  private final Optional<Located<String>> publicKey;

  PeerTrustReader(Path folder, ConfigTable auth, Problems problems) {
    this.folder = folder;
    this.auth = auth;
    this.problems = problems;
    this.publicKey = auth.optionalText(PUBLIC_KEY, PUBLIC_KEY_FORM);
  }

  /** Whether the key server is to sign; what goes with authorities only is reported otherwise. */
  boolean isPresent() {
    if (!auth.has(AUTHORITIES)) {
      for (String key : List.of(REVOCATION, CRLS, OCSP)) {
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
    try {
      Octets spki = Octets.of(PemFile.publicKey(path(file)).getEncoded());
      return Optional.of(new Peer(RawPublicKey.of(spki), Optional.empty()));
    } catch (RefusedFileException | CryptoException e) {
      problems.error(file.at(), PUBLIC_KEY + ": " + e.getMessage());
    } catch (InvalidPathException e) {
      problems.error(file.at(), PUBLIC_KEY + " is not a path: " + e.getReason());
    }
    return Optional.empty();
  }

  private Optional<Peer> authorities() {
    List<X509Certificate> anchors = new ArrayList<>();
    List<Located<String>> files = auth.texts(AUTHORITIES, AUTHORITIES_FORM);
    boolean right = !files.isEmpty();
    for (Located<String> file : files) {
      try {
        for (X509Certificate anchor : PemFile.certificates(path(file))) {
          Certificates.requireStrongKey(anchor);
          anchors.add(anchor);
        }
      } catch (RefusedFileException | CryptoException e) {
        problems.error(file.at(), AUTHORITIES + ": " + e.getMessage());
        right = false;
      } catch (InvalidPathException e) {
        problems.error(file.at(), AUTHORITIES + " is not a path: " + e.getReason());
        right = false;
      }
    }
    Optional<List<Path>> crls = crls();
    Optional<Revocation> revocation = revocation();
    Optional<Located<String>> responder = auth.optionalText(OCSP, OCSP_FORM);
    Optional<URI> ocsp = responder.flatMap(text -> responder(text, revocation));
    if (!right
        || crls.isEmpty()
        || revocation.isEmpty()
        || responder.isPresent() != ocsp.isPresent()) {
      return Optional.empty();
    }
    List<Octets> keys =
        anchors.stream().map(a -> Octets.of(a.getPublicKey().getEncoded())).toList();
    return Optional.of(
        new Peer(
            new CertificateAuthorities(keys),
            Optional.of(new TrustSettings(anchors, revocation.get(), crls.get(), ocsp))));
  }

  /** Files that can be read now; they are read again for each check. Empty when one cannot. */
  private Optional<List<Path>> crls() {
    if (!auth.has(CRLS)) {
      return Optional.of(List.of());
    }
    List<Path> paths = new ArrayList<>();
    List<Located<String>> files = auth.texts(CRLS, CRLS_FORM);
    for (Located<String> file : files) {
      try {
        Path path = path(file);
        CrlFiles.read(List.of(path));
        paths.add(path);
      } catch (IOException e) {
        problems.error(file.at(), "cannot read %s: %s".formatted(CRLS, e.getMessage()));
      } catch (InvalidPathException e) {
        problems.error(file.at(), CRLS + " is not a path: " + e.getReason());
      }
    }
    return paths.isEmpty() || paths.size() < files.size() ? Optional.empty() : Optional.of(paths);
  }

  /** By CRL where there are some, unless it says otherwise. */
  private Optional<Revocation> revocation() {
    Optional<Located<String>> text = auth.optionalText(REVOCATION, REVOCATION_FORM);
    boolean haveCrls = auth.has(CRLS);
    if (text.isEmpty()) {
      return auth.has(REVOCATION)
          ? Optional.empty()
          : Optional.of(haveCrls ? Revocation.CRL : Revocation.OFF);
    }
    Optional<Revocation> named = Revocation.named(text.get().value());
    if (named.isEmpty()) {
      problems.error(
          text.get().at(),
          "%s \"%s\" in %s; %s"
              .formatted(REVOCATION, text.get().value(), auth.title(), REVOCATION_FORM));
    } else if (named.get() == Revocation.CRL && !haveCrls) {
      problems.error(
          text.get().at(),
          "%s \"crl\" in %s needs %s; %s".formatted(REVOCATION, auth.title(), CRLS, CRLS_FORM));
      return Optional.empty();
    } else if (haveCrls && (named.get() == Revocation.OFF || named.get() == Revocation.OCSP)) {
      problems.error(
          text.get().at(),
          "%s \"%s\" in %s does not look at %s; write \"crl\" or \"any\""
              .formatted(REVOCATION, named.get().text(), auth.title(), CRLS));
      return Optional.empty();
    }
    return named;
  }

  private Optional<URI> responder(Located<String> text, Optional<Revocation> revocation) {
    boolean asked =
        revocation.isEmpty()
            || revocation.get() == Revocation.OCSP
            || revocation.get() == Revocation.ANY;
    if (!asked) {
      problems.error(
          text.at(),
          "%s in %s is not asked; write %s = \"ocsp\" or \"any\""
              .formatted(OCSP, auth.title(), REVOCATION));
      return Optional.empty();
    }
    try {
      URI uri = URI.create(text.value());
      if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
        return Optional.of(uri);
      }
      problems.error(text.at(), "%s in %s; %s".formatted(OCSP, auth.title(), OCSP_FORM));
    } catch (IllegalArgumentException e) {
      problems.error(text.at(), "%s in %s is no URL; %s".formatted(OCSP, auth.title(), OCSP_FORM));
    }
    return Optional.empty();
  }

  private Path path(Located<String> file) {
    return folder.resolve(file.value()).normalize();
  }
}
