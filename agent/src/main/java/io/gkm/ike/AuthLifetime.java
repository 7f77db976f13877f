package io.gkm.ike;

import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.PayloadChain;
import java.time.Duration;
import java.util.Optional;

/**
 * N(AUTH_LIFETIME) (RFC 4478): the GCKS wants to be authenticated anew before so many seconds have
 * passed. A rekey of the IKE SA does not count: that takes a new IKE SA from scratch.
 */
final class AuthLifetime {
  private Optional<Moment> due = Optional.empty();

  /** Looks for the notify in an authenticated message; one of another size says nothing. */
  void note(Moment now, PayloadChain message) {
    message
        .notification(NotifyType.AUTH_LIFETIME)
        .map(NotifyPayload::data)
        .filter(data -> data.size() == Integer.BYTES)
        .map(data -> Duration.ofSeconds(data.toLong()))
        // A tenth is left for the exchange under way, the new IKE SA, and a try that fails.
        .ifPresent(left -> due = Optional.of(now.plus(left.multipliedBy(9).dividedBy(10))));
  }

  Optional<Moment> deadline() {
    return due;
  }

  boolean isDue(Moment now) {
    return due.isPresent() && !now.isBefore(due.get());
  }
}
