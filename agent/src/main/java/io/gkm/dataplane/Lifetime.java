package io.gkm.dataplane;

import java.time.Duration;
import java.util.Optional;

/**
 * Seconds after its addition at which the kernel announces an SA's end and at which it ends it
 * ({@code soft_add_expires_seconds}, {@code hard_add_expires_seconds}); 0 for never.
 *
 * @param softPackets after how many packets, in and out, it announces that too; -1 for never
 */
record Lifetime(long softSeconds, long hardSeconds, long softPackets) {
  private static final long NEVER = -1;

  static final Lifetime UNLIMITED = new Lifetime(0, 0, NEVER);

  // Between reading the clock and the kernel's start of counting.
  private static final Duration MARGIN = Duration.ofMillis(250);
  private static final int SOFT_SHARE = 20;

  /** For an SA added now: ends within {@code remaining}, but not before 1 second. */
  static Lifetime of(Optional<Duration> remaining) {
    return remaining
        .map(left -> ending(Math.max(1, left.minus(MARGIN).toSeconds())))
        .orElse(UNLIMITED);
  }

  /** The same, announced after so many packets too. */
  Lifetime withSoftPackets(long packets) {
    return new Lifetime(softSeconds, hardSeconds, packets);
  }

  /** The same end for an SA that was added {@code age} seconds ago. */
  Lifetime since(long age) {
    return hardSeconds == 0
        ? this
        : ending(Math.max(1, hardSeconds + age)).withSoftPackets(softPackets);
  }

  private static Lifetime ending(long hard) {
    return new Lifetime(hard - Math.min(hard - 1, Math.max(1, hard / SOFT_SHARE)), hard, NEVER);
  }
}
