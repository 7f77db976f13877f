package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.Prf;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.CertPayload;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

/**
 * What one side proves its identity with, in one exchange. EAP, which takes several, would be
 * another one of these and another exchange beside {@code GsaAuthExchange}.
 */
public sealed interface OwnCredential permits PreSharedKey, SigningCredential {
  /** Whether it signs, which needs a hash algorithm that the peer announced. */
  boolean signs();

  /** What the peer may need beside the proof: the certificate of the key first. */
  List<CertPayload> certificates();

  /**
   * Whether the hash algorithms a peer announced are enough.
   *
   * @throws CryptoException when they are not; the message says what is missing
   */
  void requireUsable(Set<Integer> hashes) throws CryptoException;

  /**
   * The proof.
   *
   * @param prf the IKE SA's
   * @param signedOctets see {@link io.gkm.ike.crypto.SignedOctets}
   * @param hashes those the peer announced, see {@link io.gkm.ike.wire.HashId}
   * @throws CryptoException when the key does not work, or the hashes are not enough
   */
  AuthPayload prove(Prf prf, byte[] signedOctets, Set<Integer> hashes, SecureRandom random)
      throws CryptoException;
}
