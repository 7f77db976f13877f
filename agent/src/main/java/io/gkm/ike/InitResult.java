package io.gkm.ike;

import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.Octets;
import java.util.Set;

/**
 * What IKE_SA_INIT leaves for the authentication that follows.
 *
 * @param request RealMessage1: the last request, as sent
 * @param response RealMessage2, as received
 * @param initiatorNonce Ni
 * @param responderNonce Nr
 * @param spiR the responder's SPI
 * @param keys of the new IKE SA; the receiver owns them
 * @param nat what NAT detection found
 * @param fragmentation both ends support IKE fragmentation
 * @param signatureHashes what the peer announced, see {@link io.gkm.ike.wire.HashId}
 */
record InitResult(
    Octets request,
    Octets response,
    Octets initiatorNonce,
    Octets responderNonce,
    long spiR,
    IkeKeys keys,
    NatStatus nat,
    boolean fragmentation,
    Set<Integer> signatureHashes) {}
