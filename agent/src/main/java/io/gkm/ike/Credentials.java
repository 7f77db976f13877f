package io.gkm.ike;

import java.util.Objects;

/**
 * One way for us and one for the peer.
 *
 * @param own how we prove who we are
 * @param peer how the peer has to
 */
public record Credentials(OwnCredential own, PeerProof peer) implements Authentication {
  /** Needs both. */
  public Credentials {
    Objects.requireNonNull(own);
    Objects.requireNonNull(peer);
  }
}
