package io.gkm.ike;

import java.time.Duration;

/**
 * The timer of one outstanding request (RFC 7296 section 2.4). It never looks at a clock: it is
 * told the time and says what is due.
 */
public final class Retransmitter {
  /** What is to be done now. */
  public enum Due {
    /** It is too early. */
    NOTHING,
    /** The same octets once more. */
    SEND_AGAIN,
    /** The peer counts as gone. */
    GIVE_UP
  }

  private final RetransmitPolicy policy;
  private final Moment giveUp;
  private Duration wait;
  private Moment next;

  /** For a request first sent at {@code sent}. */
  public Retransmitter(RetransmitPolicy policy, Moment sent) {
    this.policy = policy;
    this.giveUp = sent.plus(policy.total());
    this.wait = policy.first();
    this.next = sent.plus(wait);
  }

  /** When {@link #due} has something to say. */
  public Moment deadline() {
    return next.isBefore(giveUp) ? next : giveUp;
  }

  /**
   * What is due at {@code now}. After SEND_AGAIN the next wait starts at {@code now}: a late timer
   * causes one retransmission, not a burst.
   */
  public Due due(Moment now) {
    if (!now.isBefore(giveUp)) {
      return Due.GIVE_UP;
    }
    if (now.isBefore(next)) {
      return Due.NOTHING;
    }
    wait = policy.after(wait);
    next = now.plus(wait);
    return Due.SEND_AGAIN;
  }
}
