package io.gkm.agent.config;

import io.gkm.agent.pki.TrustSettings;
import io.gkm.ike.Authentication;
import io.gkm.ike.crypto.Secret;
import java.util.Optional;

/**
 * How gkm and a key server prove to each other who they are.
 *
 * @param authentication for IKE
 * @param trust what the key server's certificates are checked against, where it shows some
 * @param psk the pre-shared key in {@code authentication}, if there is one; owned by this value
 */
public record ControllerAuth(
    Authentication authentication, Optional<TrustSettings> trust, Optional<Secret> psk)
    implements AutoCloseable {
  /** Wipes the pre-shared key; the JDK's private keys cannot be wiped. */
  @Override
  public void close() {
    psk.ifPresent(Secret::close);
  }
}
