package io.gkm.ike;

import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.util.List;

/**
 * GSA_REGISTRATION on the established IKE SA (RFC 9838 section 2.3.2): another group, or the same
 * once more.
 *
 * <pre>
 *   SK{IDg, [SAg], [N(GROUP_SENDER)]}  -&gt;  SK{GSA, KD, [N]} or SK{N(error)}
 * </pre>
 */
record RegistrationExchange(GroupRegistration registration) implements ProtectedExchange {
  @Override
  public int exchangeType() {
    return ExchangeType.GSA_REGISTRATION;
  }

  @Override
  public List<Payload> request() {
    return registration.payloads();
  }

  @Override
  public List<IkeEffect> answered(IkeKeys keys, PayloadChain answer)
      throws SessionFailedException, WireException {
    return List.of(registration.answered(exchangeType(), keys, answer));
  }
}
