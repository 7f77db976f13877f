package io.gkm.ike;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/**
 * When we rekey the IKE SA of our own accord: some time before {@link IkeOptions#rekeyAfter}, a
 * different one for each IKE SA, so that neither all members nor both ends do it at once (RFC 7296
 * section 2.8).
 */
final class RekeyTimer {
  /** How long to wait after the peer refused: it may be busy, or rekey itself. */
  static final Duration RETRY = Duration.ofSeconds(30);

  private static final int JITTER_PERCENT = 10;

  private final Duration after;
  private final SecureRandom random;
  private Optional<Moment> due = Optional.empty();

  /**
   * @param after the age of an IKE SA that is not exceeded; zero for no rekey of our own
   */
  RekeyTimer(Duration after, SecureRandom random) {
    this.after = after;
    this.random = random;
  }

  /** There is a new IKE SA. */
  void fresh(Moment now) {
    due = after.isZero() ? Optional.empty() : Optional.of(now.plus(shorter(after)));
  }

  /** The peer refused, or its answer did not come. */
  void later(Moment now) {
    due = Optional.of(now.plus(RETRY).plus(RETRY.minus(shorter(RETRY))));
  }

  /** Less by up to a tenth. */
  private Duration shorter(Duration whole) {
    int thousandths = random.nextInt(10 * JITTER_PERCENT + 1);
    return whole.minus(whole.multipliedBy(thousandths).dividedBy(1000));
  }

  Optional<Moment> deadline() {
    return due;
  }

  boolean isDue(Moment now) {
    return due.isPresent() && !now.isBefore(due.get());
  }
}
