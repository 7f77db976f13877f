package io.gkm.dataplane.iv;

import java.time.Duration;

/**
 * When a drawing gives up.
 *
 * @param most the longest time
 * @param misses how many probes may be lost, in a row, before the way is thought to be closed
 */
public record DrawingLimits(Duration most, int misses) {
  /**
   * Each try ends with probability 2^-16 at 16 bits, about 60 microseconds each: two minutes are 30
   * times what it takes on average, and more than that happens once in 10^13 drawings.
   */
  public static final DrawingLimits STANDARD = new DrawingLimits(Duration.ofMinutes(2), 16);
}
