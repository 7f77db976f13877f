package io.gkm.ike;

import java.time.Duration;

/**
 * When an unanswered request is sent again and when the peer counts as gone (RFC 7296 section 2.4):
 * the wait doubles from {@code first} up to {@code longest}; {@code total} after the first
 * transmission the exchange has failed.
 *
 * @param first wait after the first transmission
 * @param longest no wait is longer than this
 * @param total time from the first transmission to giving up
 */
public record RetransmitPolicy(Duration first, Duration longest, Duration total) {
  /** Sent at 0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5 and 47.5 s, given up at 60 s. */
  public static final RetransmitPolicy STANDARD =
      new RetransmitPolicy(Duration.ofMillis(500), Duration.ofSeconds(16), Duration.ofSeconds(60));

  /**
   * @throws IllegalArgumentException unless 0 &lt; first &lt;= longest and first &lt;= total
   */
  public RetransmitPolicy {
    if (first.isNegative()
        || first.isZero()
        || longest.compareTo(first) < 0
        || total.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "retransmission times make no sense: first "
              + first
              + ", longest "
              + longest
              + ", total "
              + total);
    }
  }

  /** The wait that follows one of {@code wait}. */
  Duration after(Duration wait) {
    Duration doubled = wait.multipliedBy(2);
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
