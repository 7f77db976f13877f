package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * CREATE_CHILD_SA of the GCKS: rekeys the IKE SA, with algorithms that we would have offered. Child
 * SAs are refused by NO_ADDITIONAL_SAS.
 */
final class PeerSaRekey implements PeerExchange {
  private final List<Proposal> acceptable;
  private final SecureRandom random;
  private final BooleanSupplier possible;

  /**
   * @param possible whether this IKE SA is neither being closed nor replaced already
   */
  PeerSaRekey(List<Proposal> acceptable, SecureRandom random, BooleanSupplier possible) {
    this.acceptable = acceptable;
    this.random = random;
    this.possible = possible;
  }

  @Override
  public Verdict judge(Moment now, IkeKeys keys, PayloadChain request)
      throws WireException, CryptoException {
    SaRekeyAnswer answer =
        !SaRekeyAnswer.isSaRekey(request) || possible.getAsBoolean()
            ? SaRekeyAnswer.of(acceptable, keys, request, random)
            : SaRekeyAnswer.refuse(NotifyType.TEMPORARY_FAILURE);
    return new Verdict(answer.payloads(), List.of(), answer.made(), Optional.empty());
  }
}
