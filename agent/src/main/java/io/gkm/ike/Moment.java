package io.gkm.ike;

import java.time.Duration;

/**
 * A reading of a monotonic clock, as {@link System#nanoTime} gives it: only differences mean
 * anything, and the count may wrap around. Comparisons are right while two moments are less than
 * 292 years apart.
 *
 * @param nanos nanoseconds since an arbitrary origin
 */
public record Moment(long nanos) implements Comparable<Moment> {
  /** This moment moved by {@code duration}, which may be negative. */
  public Moment plus(Duration duration) {
    return new Moment(nanos + duration.toNanos());
  }

  /** Time that has passed since {@code earlier}; negative when {@code earlier} is later. */
  public Duration minus(Moment earlier) {
    return Duration.ofNanos(nanos - earlier.nanos);
  }

  /** Time left until {@code later}; negative when it has passed. */
  public Duration until(Moment later) {
    return later.minus(this);
  }

  /** Strictly before {@code other}. */
  public boolean isBefore(Moment other) {
    return compareTo(other) < 0;
  }

  /** Earlier moments first. */
  @Override
  public int compareTo(Moment other) {
    return Long.signum(nanos - other.nanos);
  }
}
