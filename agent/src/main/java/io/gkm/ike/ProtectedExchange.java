package io.gkm.ike;

import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.util.List;

/**
 * One exchange of ours inside the protected IKE SA: what we ask and what its answer means. Message
 * ids, protection and retransmission are others' work. Another exchange is another of these.
 */
interface ProtectedExchange {
  /** The exchange type of the header. */
  int exchangeType();

  /**
   * What we ask: the payloads inside SK. Called once more if the exchange moves to the IKE SA that
   * replaces this one.
   */
  List<Payload> request();

  /**
   * Whether it is asked anew on the IKE SA that replaces this one, if this one goes before the
   * answer comes; false for what is about this IKE SA itself.
   */
  default boolean movesToSuccessor() {
    return true;
  }

  /**
   * What the answer means. Its ICV is right and it is the answer to this request, so nobody but the
   * holder of the IKE SA's keys can have sent it.
   *
   * @param keys of the IKE SA; not to be kept
   * @throws SessionFailedException when the IKE SA cannot go on after it
   * @throws WireException when payloads are missing or repeated, which ends the IKE SA too
   */
  List<IkeEffect> answered(IkeKeys keys, PayloadChain answer)
      throws SessionFailedException, WireException;
}
