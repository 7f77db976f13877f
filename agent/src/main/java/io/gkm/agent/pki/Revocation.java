package io.gkm.agent.pki;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How it is found out that a certificate was revoked. Whoever checks, refuses what is unknown. */
public enum Revocation {
  /** Not at all. */
  OFF,
  /** By the CRLs in the configured files (RFC 5280 section 6.3). */
  CRL,
  /** By asking the OCSP responder that the certificate or the configuration names (RFC 6960). */
  OCSP,
  /** By OCSP, and by CRL where OCSP gives no answer. */
  ANY;

  /** {@code off}, {@code crl}, {@code ocsp}, {@code any}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this {@link #text}. */
  public static Optional<Revocation> named(String text) {
    return Arrays.stream(values()).filter(r -> r.text().equals(text)).findFirst();
  }

  /** All the texts. */
  public static List<String> texts() {
    return Arrays.stream(values()).map(Revocation::text).toList();
  }
}
