package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.util.List;
import java.util.Optional;

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
   *
   * @throws CryptoException when a key does not do what it is for
   */
  List<Payload> request() throws CryptoException;

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

  /**
   * What has to be checked outside before the answer counts; the exchange is not over until {@link
   * #checked}.
   */
  default Optional<CertificateCheck> awaited() {
    return Optional.empty();
  }

  /**
   * The check that was awaited is done.
   *
   * @param refusal why the certificates are not trusted; empty when they are
   * @return as {@link #answered}
   */
  default List<IkeEffect> checked(IkeKeys keys, Optional<String> refusal)
      throws SessionFailedException, WireException {
    throw new IllegalStateException("no check was awaited");
  }
}
