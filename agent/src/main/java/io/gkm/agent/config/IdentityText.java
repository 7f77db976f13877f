package io.gkm.agent.config;

import io.gkm.ike.wire.Identification;
import java.util.Optional;

/**
 * Identities as a configuration writes them: a kind, a colon, the identity (RFC 7296 section 3.5).
 */
final class IdentityText {
  static final String ALLOWED =
      "write fqdn:NAME, email:NAME@DOMAIN, ipv4:ADDRESS, ipv6:ADDRESS, key-id:TEXT, key-id:0xHEX"
          + " or dn:CN=NAME,O=...";

  private IdentityText() {}

  /** Reads the value of {@code key}; a wrong one is reported and empty. */
  static Optional<Identification> read(
      Located<String> text, String key, ConfigTable table, Problems problems) {
    try {
      return Optional.of(Identification.parse(text.value()));
    } catch (IllegalArgumentException e) {
      problems.error(
          text.at(), "%s in %s: %s; %s".formatted(key, table.title(), e.getMessage(), ALLOWED));
      return Optional.empty();
    }
  }
}
