package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.Prf;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.CertPayload;
import io.gkm.ike.wire.CertReqPayload;
import io.gkm.ike.wire.Octets;
import java.util.List;

/** What the other side has to prove its identity with. */
public sealed interface PeerProof permits PreSharedKey, CertificateAuthorities, RawPublicKey {
  /** Whether the peer signs, which needs to know what we accept. */
  boolean signs();

  /** What is asked for, so that the peer knows what to send. */
  List<CertReqPayload> requests();

  /**
   * Checks the proof; returns only if it is right.
   *
   * @param prf the IKE SA's
   * @param signedOctets see {@link io.gkm.ike.crypto.SignedOctets}
   * @param certificates what came beside the proof
   * @return certificates on which the proof rests and which are not checked yet, that of the key
   *     first; empty where nothing is left to check
   * @throws CryptoException when the proof is of another kind, or wrong
   */
  List<Octets> verify(
      Prf prf, byte[] signedOctets, AuthPayload auth, List<CertPayload> certificates)
      throws CryptoException;
}
