package io.gkm.ike;

import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import java.util.List;

/**
 * INFORMATIONAL{D(IKE)} (RFC 7296 section 1.4.1): deletes the IKE SA. Whatever the answer, it is
 * gone.
 */
record DeleteExchange() implements ProtectedExchange {
  @Override
  public int exchangeType() {
    return ExchangeType.INFORMATIONAL;
  }

  @Override
  public List<Payload> request() {
    return List.of(DeletePayload.ikeSa());
  }

  @Override
  public boolean movesToSuccessor() {
    return false;
  }

  @Override
  public List<IkeEffect> answered(IkeKeys keys, PayloadChain answer) throws SessionFailedException {
    throw new SessionFailedException(CloseReason.LOCAL, "closed by us; the GCKS knows");
  }
}
