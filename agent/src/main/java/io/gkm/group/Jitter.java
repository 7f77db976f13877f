package io.gkm.group;

import java.security.SecureRandom;
import java.time.Duration;

/** Random moments inside a span, so that members do not act all at once. */
final class Jitter {
  private static final int STEPS = 1 << 20;

  private Jitter() {}

  /** A duration from {@code low} (included) to {@code high} (excluded unless equal). */
  static Duration between(SecureRandom random, Duration low, Duration high) {
    Duration step = high.minus(low).dividedBy(STEPS);
    return low.plus(step.multipliedBy(random.nextInt(STEPS)));
  }
}
