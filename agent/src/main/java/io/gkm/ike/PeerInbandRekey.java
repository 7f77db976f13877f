package io.gkm.ike;

import io.gkm.ike.IkeEffect.InbandRekey;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.KdPayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.util.List;
import java.util.Optional;

/**
 * GSA_INBAND_REKEY (RFC 9838 section 2.4.2): the GCKS replaces or deletes group SAs over the IKE
 * SA.
 *
 * <pre>
 *   SK{GSA, KD, [D], [N]} or SK{D, [N]}  -&gt;  SK{}
 * </pre>
 *
 * <p>The answer only says that the message came; whether the policy is acceptable is for the
 * group's side, which can leave.
 */
final class PeerInbandRekey implements PeerExchange {
  @Override
  public Verdict judge(Moment now, IkeKeys keys, PayloadChain request)
      throws WireException, CryptoException {
    Optional<GsaPayload> gsa = request.single(GsaPayload.class);
    Optional<KdPayload> kd = request.single(KdPayload.class);
    List<DeletePayload> deletes = request.all(DeletePayload.class);
    if (gsa.isPresent() != kd.isPresent()) {
      throw new WireException(gsa.isPresent() ? "KdPayload" : "GsaPayload", "missing");
    }
    if (gsa.isEmpty() && deletes.isEmpty()) {
      throw new WireException("GSA_INBAND_REKEY", "neither GSA and KD nor Delete");
    }
    InbandRekey effect =
        new InbandRekey(gsa, kd, deletes, request.all(NotifyPayload.class), keys.keyWrap());
    return new Verdict(List.of(), List.of(effect), Optional.empty(), Optional.empty());
  }
}
