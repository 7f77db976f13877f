package io.gkm.agent.config;

import io.gkm.agent.pki.CrlFiles;
import io.gkm.agent.pki.Revocation;
import io.gkm.agent.pki.TrustSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of {@code [controller.NAME.auth]} about certificates that may have been revoked. */
final class RevocationReader {
  static final String REVOCATION = "revocation";
  static final String CRLS = "crl-files";
  static final String OCSP = "ocsp-responder";
  static final List<String> KEYS = List.of(REVOCATION, CRLS, OCSP);

  private static final String REVOCATION_FORM =
      "write one of " + String.join(", ", Revocation.texts());
  private static final String CRLS_FORM = "write names of CRL files, such as [\"ca.crl\"]";
  private static final String OCSP_FORM = "write a URL such as \"http://ocsp.example/\"";

  /** How revoked certificates are found. */
  record Settings(Revocation revocation, List<Path> crlFiles, Optional<URI> ocspResponder) {
    TrustSettings trust(List<X509Certificate> anchors) {
      return new TrustSettings(anchors, revocation, crlFiles, ocspResponder);
    }
  }

  private final Path folder;
  private final ConfigTable auth;
  private final Problems problems;

  RevocationReader(Path folder, ConfigTable auth, Problems problems) {
    this.folder = folder;
    this.auth = auth;
    this.problems = problems;
  }

  /** Empty when something is wrong, which is reported then. */
  Optional<Settings> read() {
    Optional<List<Path>> crls = crls();
    Optional<Revocation> revocation = revocation();
    Optional<Located<String>> text = auth.optionalText(OCSP, OCSP_FORM);
    Optional<URI> responder = text.flatMap(url -> responder(url, revocation));
    return crls.isPresent() && revocation.isPresent() && text.isPresent() == responder.isPresent()
        ? Optional.of(new Settings(revocation.get(), crls.get(), responder))
        : Optional.empty();
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
        Path path = folder.resolve(file.value()).normalize();
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
}
