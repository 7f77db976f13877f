package io.gkm.ike;

import io.gkm.ike.IkeEffect.Left;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IdPayload;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import java.util.List;
import java.util.Optional;

/**
 * GSA_REGISTRATION{IDg, N} (RFC 9838 section 2.3.2): leaves a group, or says that its policy is not
 * acceptable here. The answer is empty. An error in it changes nothing: we have left all the same.
 */
record LeaveExchange(Identification group, int notifyType) implements ProtectedExchange {
  @Override
  public int exchangeType() {
    return ExchangeType.GSA_REGISTRATION;
  }

  @Override
  public List<Payload> request() {
    return List.of(new IdPayload(PayloadType.IDG, group), NotifyPayload.of(notifyType));
  }

  @Override
  public List<IkeEffect> answered(IkeKeys keys, PayloadChain answer) throws SessionFailedException {
    Optional<NotifyPayload> error = answer.firstError();
    if (error.isPresent() && ErrorNotify.endsSa(error.get().notifyType())) {
      int type = error.get().notifyType();
      throw ErrorNotify.failure(exchangeType(), type);
    }
    return List.of(new Left(group));
  }
}
