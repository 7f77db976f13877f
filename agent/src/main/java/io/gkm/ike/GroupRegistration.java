package io.gkm.ike;

import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.IkeEffect.RegistrationRefused;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.IdPayload;
import io.gkm.ike.wire.KdPayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import io.gkm.ike.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of GSA_AUTH and GSA_REGISTRATION that is about the group (RFC 9838 sections 2.3.1 to
 * 2.3.4): IDg, SAg and GROUP_SENDER in the request; GSA and KD, or an error, in the answer.
 */
record GroupRegistration(GroupRequest request) {
  /** The payloads of the request. */
  List<Payload> payloads() {
    List<Payload> payloads = new ArrayList<>();
    payloads.add(new IdPayload(PayloadType.IDG, request.group()));
    request.sag().ifPresent(payloads::add);
    if (request.senderIds() > 0) {
      payloads.add(NotifyPayload.of(NotifyType.GROUP_SENDER, Octets.ofU32(request.senderIds())));
    }
    return payloads;
  }

  /**
   * What the authenticated answer says about the group. An error counts more than a policy beside
   * it.
   *
   * @throws WireException when it holds neither an error nor exactly one GSA and one KD
   */
  IkeEffect answered(int exchangeType, IkeKeys keys, PayloadChain answer)
      throws SessionFailedException, WireException {
    Optional<NotifyPayload> error = answer.firstError();
    if (error.isPresent()) {
      int type = error.get().notifyType();
      if (ErrorNotify.endsSa(type)) {
        throw ErrorNotify.failure(exchangeType, type);
      }
      return new RegistrationRefused(request.group(), type);
    }
    GsaPayload gsa = answer.required(GsaPayload.class);
    KdPayload kd = answer.required(KdPayload.class);
    try {
      return new Registered(
          request.group(),
          new RegistrationAnswer(gsa, kd, answer.all(NotifyPayload.class), keys.keyWrap()));
    } catch (CryptoException e) {
      throw new SessionFailedException(
          CloseReason.PROTOCOL_ERROR, "no key wrap for this IKE SA: " + e.getMessage());
    }
  }
}
