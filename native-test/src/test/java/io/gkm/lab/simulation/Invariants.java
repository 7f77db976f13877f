package io.gkm.lab.simulation;

import io.gkm.ike.Moment;
import io.gkm.lab.simulation.SimulatedMember.Held;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must be true after each event of a simulation, whatever the network and the faults do. */
final class Invariants {
  /** A lifetime counts from when a member gets the message, sent again for up to a minute. */
  private static final Duration LATE = Duration.ofSeconds(65);

  private final Simulation simulation;

  /** Until when each key may be used: no lifetime is longer than from its first appearance. */
  private final Map<String, Moment> firstSeen = new HashMap<>();

  /** Keys that an excluded member held when it was excluded, or got later. */
  private final Map<String, List<String>> keysWhenExcluded = new HashMap<>();

  Invariants(Simulation simulation) {
    this.simulation = simulation;
  }

  /** The key server has forgotten whom it had excluded. */
  void nobodyIsExcluded() {
    keysWhenExcluded.clear();
  }

  void check() {
    for (SimulatedMember member : simulation.members) {
      List<Held> held = member.held();
      held.forEach(sa -> checkSa(member, sa));
      long sending =
          held.stream().filter(Held::sending).map(sa -> sa.source() + sa.destination()).count();
      long flows =
          held.stream()
              .filter(Held::sending)
              .map(sa -> sa.source() + sa.destination())
              .distinct()
              .count();
      require(sending == flows, member, "sends the same traffic with two SAs");
      checkExcluded(member, held);
    }
  }

  private void checkSa(SimulatedMember member, Held sa) {
    require(
        sa.destination().equals("239.1.1.1"), member, "holds an SA for traffic outside `allow`");
    require(sa.inbound() || sa.outbound(), member, "holds an SA without use");
    require(!sa.sending() || sa.outbound(), member, "sends with an SA that is not for sending");
    require(member.group.role().sends() || !sa.outbound(), member, "is a receiver that could send");
    require(
        member.group.role().receives() || !sa.inbound(), member, "is a sender that could receive");
    require(
        !(sa.outbound() && sa.counterMode()),
        member,
        "could send in a counter mode without its Sender-ID in the IV");
    Moment since = firstSeen.computeIfAbsent(sa.key(), key -> simulation.now());
    require(
        since.until(simulation.now()).compareTo(Simulation.LIFETIME.plus(LATE)) <= 0,
        member,
        "holds SA 0x" + sa.spi() + " beyond its lifetime");
  }

  private void checkExcluded(SimulatedMember member, List<Held> held) {
    if (!simulation.excluded.contains(member.name)) {
      return;
    }
    List<String> before =
        keysWhenExcluded.computeIfAbsent(member.name, name -> firstSeen.keySet().stream().toList());
    held.forEach(
        sa ->
            require(
                before.contains(sa.key()),
                member,
                "was excluded and got the key of SA 0x" + sa.spi()));
  }

  private void require(boolean holds, SimulatedMember member, String otherwise) {
    if (!holds) {
      throw new AssertionError(
          "seed %d, at %.3f s: %s %s"
              .formatted(simulation.seed, simulation.now().nanos() / 1e9, member.name, otherwise));
    }
  }
}
