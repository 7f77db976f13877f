package io.gkm.ike;

import io.gkm.ike.crypto.IkeSuite;
import java.util.Optional;

/**
 * What there is to tell about an IKE SA with a key server.
 *
 * @param state how far it is
 * @param spiI our SPI
 * @param spiR the GCKS's SPI, 0 before IKE_SA_INIT is done
 * @param suite the selected algorithms, once IKE_SA_INIT is done
 * @param path addresses and ports in use
 * @param nat what NAT detection found
 * @param establishedAt when the GCKS was authenticated
 */
public record SessionInfo(
    State state,
    long spiI,
    long spiR,
    Optional<IkeSuite> suite,
    UdpPath path,
    NatStatus nat,
    Optional<Moment> establishedAt) {
  /** How far an IKE SA is. */
  public enum State {
    /** Not started. */
    IDLE,
    /** IKE_SA_INIT is under way: algorithms and keys. */
    CONNECTING,
    /** GSA_AUTH is under way: identities and the first group. */
    AUTHENTICATING,
    /** The GCKS is authenticated. */
    ESTABLISHED,
    /** We are leaving: the last requests are under way. */
    CLOSING,
    /** Over; keys are wiped. */
    CLOSED
  }
}
