package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.util.List;
import java.util.Optional;

/** CREATE_CHILD_SA that rekeys the IKE SA, begun by us; its {@link #outcome} is for the session. */
final class SaRekeyExchange implements ProtectedExchange, AutoCloseable {
  private final SaRekeyRequest request;
  private Optional<SaRekeyOutcome> outcome = Optional.empty();

  /** Owns {@code request}. */
  SaRekeyExchange(SaRekeyRequest request) {
    this.request = request;
  }

  @Override
  public int exchangeType() {
    return ExchangeType.CREATE_CHILD_SA;
  }

  @Override
  public List<Payload> request() {
    return request.payloads();
  }

  @Override
  public boolean movesToSuccessor() {
    return false;
  }

  @Override
  public List<IkeEffect> answered(IkeKeys keys, PayloadChain answer)
      throws SessionFailedException, WireException {
    try (request) {
      SaRekeyOutcome latest = request.answered(keys, answer);
      if (latest instanceof SaRekeyOutcome.Refused refused
          && ErrorNotify.endsSa(refused.notifyType())) {
        throw ErrorNotify.failure(exchangeType(), refused.notifyType());
      }
      outcome = Optional.of(latest);
      return List.of();
    } catch (IgnoredMessageException | CryptoException e) {
      // The peer believes in a new IKE SA that cannot be: there is no way on from here.
      throw new SessionFailedException(
          CloseReason.PROTOCOL_ERROR,
          "the GCKS's answer to the rekey of the IKE SA: " + e.getMessage(),
          NotifyType.INVALID_SYNTAX);
    }
  }

  /** What the answer amounts to, once it is here. */
  Optional<SaRekeyOutcome> outcome() {
    return outcome;
  }

  /** Wipes the private value: nobody waits for the answer any more. */
  @Override
  public void close() {
    request.close();
  }
}
