package io.gkm.ike.crypto;

import java.nio.ByteBuffer;

/** What an AUTH payload authenticates (RFC 7296 section 2.15). */
public final class SignedOctets {
  private SignedOctets() {}

  /**
   * RealMessage | NonceData | MACedIDFor.
   *
   * @param realMessage the authenticating side's last IKE_SA_INIT message as sent, from the IKE
   *     header's first octet (no non-ESP marker)
   * @param peerNonce the other side's nonce, without payload header
   * @param macedId {@link #macedId} of the authenticating side
   */
  public static byte[] of(byte[] realMessage, byte[] peerNonce, byte[] macedId) {
    return ByteBuffer.allocate(realMessage.length + peerNonce.length + macedId.length)
        .put(realMessage)
        .put(peerNonce)
        .put(macedId)
        .array();
  }

  /**
   * prf(SK_p, RestOfIDPayload).
   *
   * @param skP SK_pi or SK_pr, the authenticating side's
   * @param idBody its IDi or IDr payload after the generic payload header: ID type(1) | 0(3) | data
   */
  public static byte[] macedId(Prf prf, Secret skP, byte[] idBody) {
    return prf.compute(skP, idBody);
  }
}
