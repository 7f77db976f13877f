package io.gkm.group;

import java.security.SecureRandom;
import java.time.Duration;

/**
 * Waiting times between attempts: each twice the one before, from {@code first} up to {@code max},
 * spread by a quarter either way so that many members do not come back together. Never ends.
 */
final class Backoff {
  private final SecureRandom random;
  private final Duration first;
  private final Duration max;
  private int attempts;

  Backoff(SecureRandom random, Duration first, Duration max) {
    this.random = random;
    this.first = first;
    this.max = max;
  }

  /** How long to wait before the next attempt. */
  Duration next() {
    Duration base = first;
    for (int i = 0; i < attempts && base.compareTo(max) < 0; i++) {
      base = base.multipliedBy(2);
    }
    if (base.compareTo(max) > 0) {
      base = max;
    }
    attempts++;
    return Jitter.between(
        random, base.multipliedBy(3).dividedBy(4), base.multipliedBy(5).dividedBy(4));
  }

  /** An attempt succeeded: the next failure waits {@code first} again. */
  void reset() {
    attempts = 0;
  }
}
