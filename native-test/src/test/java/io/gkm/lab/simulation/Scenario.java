package io.gkm.lab.simulation;

import io.gkm.group.Role;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.lab.controller.HandedOut;
import io.gkm.lab.simulation.SimulatedMember.Held;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** A run: faults for a while, then none; in the end everybody must have the current keys. */
final class Scenario {
  private static final int FAULTS = 12;

  /**
   * Within this time after the last fault all is well, renewals and waits after refusals included.
   */
  private static final Duration RECOVERY = Duration.ofMinutes(30);

  private Scenario() {}

  static void run(long seed, Consumer<String> trace) {
    try {
      play(new Simulation(seed, trace));
    } catch (CryptoException | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e, e);
    }
  }

  private static void play(Simulation simulation) throws CryptoException {
    Random random = simulation.random;
    simulation.network.be(
        random.nextInt(4) * 0.1, random.nextInt(3) * 0.1, 1 + random.nextInt(800));
    simulation.startAll();
    for (int i = 0; i < FAULTS; i++) {
      simulation.pass(Duration.ofSeconds(1L + random.nextInt(400)));
      fault(simulation, random);
    }
    simulation.say("no more faults");
    simulation.network.connectAll();
    simulation.network.be(0, 0, 1);
    simulation.pass(RECOVERY);
    if (withoutCurrentKeys(simulation).isPresent()) {
      // A rekey may be on its way just now.
      simulation.pass(Duration.ofSeconds(5));
    }
    withoutCurrentKeys(simulation)
        .ifPresent(
            member -> {
              throw new AssertionError(
                  "seed %d: %s has not got the current keys: %s"
                      .formatted(simulation.seed, member.name, member.held()));
            });
  }

  private static void fault(Simulation simulation, Random random) throws CryptoException {
    SimulatedMember somebody = simulation.members.get(random.nextInt(simulation.members.size()));
    switch (random.nextInt(9)) {
      case 0 -> simulation.restart(somebody);
      case 1 -> simulation.restartServer();
      case 2 -> {
        simulation.say(somebody.name + " is cut off");
        simulation.network.cutOff(somebody.host);
      }
      case 3 -> simulation.network.connectAll();
      case 4 -> simulation.network.be(random.nextInt(4) * 0.1, 0.2, 1 + random.nextInt(1500));
      case 5 -> simulation.jump(Duration.ofSeconds(random.nextInt(1500)));
      case 6 -> {
        if (simulation.isRekeyed()) {
          simulation.handedOut();
          simulation.rekeyIfStarted();
        }
      }
      case 7 -> {
        if (simulation.excluded.isEmpty() && simulation.members.size() > 2) {
          simulation.exclude(somebody);
        }
      }
      default -> simulation.endGroupIfStarted();
    }
  }

  /** Somebody who should have the current keys and has not. */
  private static Optional<SimulatedMember> withoutCurrentKeys(Simulation simulation)
      throws CryptoException {
    List<HandedOut> current = simulation.handedOut();
    return simulation.members.stream()
        .filter(member -> !simulation.everExcluded.contains(member.name))
        .filter(member -> !current.stream().allMatch(sa -> has(simulation, member, sa)))
        .findFirst();
  }

  private static boolean has(Simulation simulation, SimulatedMember member, HandedOut sa) {
    List<Held> held = member.held();
    boolean there =
        held.stream().anyMatch(h -> h.spi().equals(sa.spi()) && h.key().equals(sa.encryptionKey()));
    // A sender cannot use an SA in a counter mode yet.
    boolean useless = member.group.role() == Role.SENDER && sa.encryption().startsWith("rfc4106");
    // Without rekeys members change one by one, each when it registers again.
    return there || useless || (!simulation.isRekeyed() && !held.isEmpty());
  }
}
