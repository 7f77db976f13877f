package io.gkm.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Many seeds. One that fails is named: {@code scripts/simulate --seed N --trace} shows what
 * happened in it.
 */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("gkm.simulation.seeds", 2000);
  private static final long FIRST = Long.getLong("gkm.simulation.first", 0);
  private static final boolean TRACE = Boolean.getBoolean("gkm.simulation.trace");

  @Test
  void whateverHappensNothingLeaksAndEverybodyRecovers() {
    List<String> failures = new ArrayList<>();
    for (long seed = FIRST; seed < FIRST + SEEDS && failures.size() < 5; seed++) {
      try {
        Scenario.run(seed, TRACE ? System.out::println : line -> {});
      } catch (AssertionError e) {
        failures.add(e.getMessage() + "\n  replay: scripts/simulate --seed " + seed + " --trace");
      }
    }
    if (!failures.isEmpty()) {
      throw new AssertionError(String.join("\n", failures));
    }
  }
}
