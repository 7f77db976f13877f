package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.util.List;
import java.util.Optional;

/**
 * One kind of request that the authenticated GCKS may begin: what it means and what it is answered.
 * Another kind is another of these. Each request is given to it once.
 */
interface PeerExchange {
  /**
   * What a request leads to.
   *
   * @param payloads of the answer
   * @param effects to carry out after the answer is sent
   * @param successor the IKE SA that replaces this one
   * @param end that the IKE SA is over after it
   */
  record Verdict(
      List<Payload> payloads,
      List<IkeEffect> effects,
      Optional<RekeyedSa> successor,
      Optional<SessionFailedException> end) {
    /** An answer, and nothing else. */
    static Verdict answer(Payload... payloads) {
      return new Verdict(List.of(payloads), List.of(), Optional.empty(), Optional.empty());
    }

    /** An answer after which the IKE SA is over. */
    static Verdict end(List<Payload> payloads, SessionFailedException why) {
      return new Verdict(payloads, List.of(), Optional.empty(), Optional.of(why));
    }
  }

  /**
   * Judges a request.
   *
   * @param now when it came
   * @param keys of the IKE SA; not to be kept
   * @throws WireException when payloads are missing or repeated, which ends the IKE SA
   */
  Verdict judge(Moment now, IkeKeys keys, PayloadChain request)
      throws WireException, CryptoException;
}
