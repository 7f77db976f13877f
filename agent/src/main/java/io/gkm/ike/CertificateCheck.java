package io.gkm.ike;

import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.Octets;
import java.util.List;

/**
 * Certificates that a peer showed, to be checked outside: whether they lead from a trusted
 * authority to that identity, are valid now, for this use, and not revoked. That may take files and
 * the network.
 *
 * @param peer the identity that the peer claims and that was expected of it
 * @param chain DER, as the peer sent them: first the one whose key made the peer's signature, which
 *     is right
 */
public record CertificateCheck(Identification peer, List<Octets> chain) {
  /** Keeps a copy. */
  public CertificateCheck {
    chain = List.copyOf(chain);
  }
}
