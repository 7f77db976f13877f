package io.gkm.ike;

import io.gkm.ike.IkeEffect.Left;
import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.IkeEffect.RegistrationRefused;
import io.gkm.ike.wire.Identification;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * When to see whether the GCKS is alive (RFC 7296 section 2.4): after a quiet time, as long as
 * there is a group without Rekey SA. Its keys are renewed over this IKE SA, and a member without it
 * is out (RFC 9838 section 2.3.3); groups with a Rekey SA do not need it, and the GCKS may forget
 * it.
 */
final class Liveness {
  private final Duration quiet;
  private final Set<Identification> dependent = new HashSet<>();

  /**
   * @param quiet time without a message of the GCKS; zero never to ask
   */
  Liveness(Duration quiet) {
    this.quiet = quiet;
  }

  /** Learns which groups there are. */
  void note(IkeEffect effect) {
    if (effect instanceof Registered registered) {
      if (registered.answer().gsa().rekeySaPolicy().isPresent()) {
        dependent.remove(registered.group());
      } else {
        dependent.add(registered.group());
      }
    } else if (effect instanceof RegistrationRefused refused) {
      dependent.remove(refused.group());
    } else if (effect instanceof Left left) {
      dependent.remove(left.group());
    }
  }

  /** When to ask, if nothing is heard until then. */
  Optional<Moment> deadline(Moment lastHeard) {
    return quiet.isZero() || dependent.isEmpty()
        ? Optional.empty()
        : Optional.of(lastHeard.plus(quiet));
  }

  boolean isDue(Moment now, Moment lastHeard) {
    return deadline(lastHeard).filter(due -> !now.isBefore(due)).isPresent();
  }
}
