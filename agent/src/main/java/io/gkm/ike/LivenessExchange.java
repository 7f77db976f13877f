package io.gkm.ike;

import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import java.util.List;

/**
 * An empty INFORMATIONAL (RFC 7296 section 2.4): whether the GCKS is alive and knows this IKE SA.
 * No answer in time is the end of it, as for any request.
 */
record LivenessExchange() implements ProtectedExchange {
  @Override
  public int exchangeType() {
    return ExchangeType.INFORMATIONAL;
  }

  @Override
  public List<Payload> request() {
    return List.of();
  }

  @Override
  public boolean movesToSuccessor() {
    return false;
  }

  @Override
  public List<IkeEffect> answered(IkeKeys keys, PayloadChain answer) {
    return List.of();
  }
}
