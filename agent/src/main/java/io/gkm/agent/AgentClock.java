package io.gkm.agent;

import io.gkm.ike.Moment;
import java.time.Instant;

/** The time, for the parts that must not look at a clock themselves. */
interface AgentClock {
  /** Monotonic; for everything that is waited for. */
  Moment now();

  /** Of the day; for people. */
  Instant wallClock();

  /** The system's clocks. */
  static AgentClock system() {
    return new AgentClock() {
      @Override
      public Moment now() {
        return new Moment(System.nanoTime());
      }

      @Override
      public Instant wallClock() {
        return Instant.now();
      }
    };
  }
}
