package io.gkm.ike;

import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.ProtocolId;
import java.util.List;

/**
 * INFORMATIONAL of the GCKS (RFC 7296 section 1.4): empty to see whether we are alive, the Delete
 * of the IKE SA, or N(AUTH_LIFETIME). The answer is empty.
 */
final class PeerInformational implements PeerExchange {
  private final AuthLifetime authLifetime;

  PeerInformational(AuthLifetime authLifetime) {
    this.authLifetime = authLifetime;
  }

  @Override
  public Verdict judge(Moment now, IkeKeys keys, PayloadChain request) {
    boolean deleted =
        request.all(DeletePayload.class).stream().anyMatch(d -> d.protocolId() == ProtocolId.IKE);
    if (deleted) {
      return Verdict.end(
          List.of(),
          new SessionFailedException(CloseReason.DELETED_BY_PEER, "the GCKS deleted the IKE SA"));
    }
    authLifetime.note(now, request);
    return Verdict.answer();
  }
}
