package io.gkm.group;

import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.KdPayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.util.List;
import java.util.Optional;

/**
 * What an authenticated GSA_REKEY or GSA_INBAND_REKEY says: {@code GSA, KD, [D...], [N]}, or {@code
 * D, [N]} alone (RFC 9838 sections 2.4.1 and 2.4.2).
 *
 * @param content policy and keys; empty in a deletion-only message
 */
record GroupUpdate(
    Optional<Content> content, List<DeletePayload> deletes, List<NotifyPayload> notifies) {
  /** Policy and keys. */
  record Content(GsaPayload gsa, KdPayload kd) {}

  GroupUpdate {
    deletes = List.copyOf(deletes);
    notifies = List.copyOf(notifies);
  }

  /**
   * Takes the payloads of a message.
   *
   * @throws WireException when there is neither policy with keys nor anything to delete
   */
  static GroupUpdate of(PayloadChain payloads) throws WireException {
    return of(
        payloads.single(GsaPayload.class),
        payloads.single(KdPayload.class),
        payloads.all(DeletePayload.class),
        payloads.all(NotifyPayload.class));
  }

  /** As {@link #of(PayloadChain)}. */
  static GroupUpdate of(
      Optional<GsaPayload> gsa,
      Optional<KdPayload> kd,
      List<DeletePayload> deletes,
      List<NotifyPayload> notifies)
      throws WireException {
    if (gsa.isPresent() != kd.isPresent()) {
      throw new WireException(gsa.isPresent() ? "KdPayload" : "GsaPayload", "missing");
    }
    if (gsa.isEmpty() && deletes.isEmpty()) {
      throw new WireException("GsaPayload", "missing, and nothing is to be deleted");
    }
    return new GroupUpdate(
        gsa.map(policy -> new Content(policy, kd.orElseThrow())), deletes, notifies);
  }
}
