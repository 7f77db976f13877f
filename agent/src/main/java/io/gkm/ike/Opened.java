package io.gkm.ike;

import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;

/**
 * What the peer sealed: authentic, but not yet parsed. It does not show whether it came in one
 * message or in fragments.
 *
 * @param clear IKE header and Encrypted payload header, 32 octets, whose two length fields mean
 *     nothing; of a fragmented message those of fragment 1 (RFC 7383 section 2.6, RFC 9838 section
 *     2.4.1.2)
 * @param inner the payloads inside
 */
public record Opened(Octets clear, Octets inner) {
  /** The type of the first payload inside, 0 when there is none. */
  public int firstType() {
    return clear.get(IkeHeader.LENGTH);
  }

  /**
   * The payloads.
   *
   * @throws WireException when the peer itself sent nonsense
   */
  public PayloadChain payloads() throws WireException {
    return PayloadChain.decode(firstType(), inner.toByteArray(), 0);
  }

  /** Without the payloads: they may hold keys, wrapped or not. */
  @Override
  public String toString() {
    return "Opened[" + inner.size() + " octets]";
  }
}
