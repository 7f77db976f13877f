package io.gkm.ike;

import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.Octets;
import java.util.Arrays;

/**
 * An IKE SA that a CREATE_CHILD_SA exchange made (RFC 7296 section 2.18).
 *
 * @param spis of the new IKE SA
 * @param initiator whether we asked for it: we are its original initiator then
 * @param keys of the new IKE SA; the receiver owns them
 * @param lowestNonce the lower one of the exchange's two nonces (section 2.8.1)
 */
public record RekeyedSa(SaSpis spis, boolean initiator, IkeKeys keys, Octets lowestNonce) {
  /**
   * Whether this is the one that goes when both ends rekeyed the same IKE SA at the same time: the
   * one with the lowest of the four nonces, closed by who asked for it.
   */
  public boolean isRedundantBeside(RekeyedSa other) {
    return compare(lowestNonce, other.lowestNonce) < 0;
  }

  /** The lower nonce: octet by octet; one that is the beginning of the other is the lower. */
  static Octets lower(Octets a, Octets b) {
    return compare(a, b) < 0 ? a : b;
  }

  private static int compare(Octets a, Octets b) {
    return Arrays.compareUnsigned(a.toByteArray(), b.toByteArray());
  }
}
