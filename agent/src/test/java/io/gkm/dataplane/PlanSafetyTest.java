package io.gkm.dataplane;

import static io.gkm.dataplane.TestNeeds.selector;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random lives of groups on a kernel with other people's objects in it, with crashes and failures:
 * whatever prefix of a plan is carried out, and whichever operation fails, no traffic of a wanted
 * group that was closed before the plan passes in clear.
 */
class PlanSafetyTest {
  private static final int SEQUENCES = 2500;
  private static final int TRANSITIONS = 4;
  private static final int MAX_ROUNDS = 4;

  private static final List<KernelSelector> GUARDS =
      List.of(
          selector("0.0.0.0/0 -> 239.1.1.1/32 udp/5000"),
          selector("0.0.0.0/0 -> 239.1.1.1/32 udp"),
          selector("0.0.0.0/0 -> 239.1.1.1/32"),
          selector("10.0.0.0/24 -> 239.1.1.1/32 udp/5000"),
          selector("0.0.0.0/0 -> 239.1.1.0/24 udp/5000-5003"),
          selector("0.0.0.0/0 -> 239.1.2.1/32 igmp"),
          selector("0.0.0.0/0 -> 239.1.2.1/32"));
  private static final List<KernelSelector> NARROW =
      List.of(
          selector("10.0.0.1/32 -> 239.1.1.1/32 udp/5000"),
          selector("10.0.0.2/32 -> 239.1.1.1/32 udp/5000"),
          selector("0.0.0.0/0 -> 239.1.1.1/32 udp/5000"),
          selector("0.0.0.0/0 -> 239.1.1.1/32"),
          selector("0.0.0.0/0 -> 239.1.2.1/32"));
  private static final List<Packet> PACKETS = packets();

  private Random random = new Random(0);
  private FakeKernel kernel = new FakeKernel(Set.of());
  private Ownership ownership = new Ownership();
  private Reqids reqids = new Reqids();
  private int holes;

  @Test
  void noPlanOpensWhatIsClosed() {
    for (int seed = 0; seed < SEQUENCES; seed++) {
      try {
        live(seed);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    // The test is worth its name only if failures were among what it tried.
    assertThat(holes).isGreaterThan(SEQUENCES);
  }

  private void live(int seed) {
    random = new Random(seed);
    reqids = new Reqids();
    ownership = new Ownership();
    kernel = new FakeKernel(someForeignSas());
    for (int i = 0; i < TRANSITIONS; i++) {
      if (random.nextInt(6) == 0) {
        ownership = new Ownership(); // Killed and started again.
      }
      if (random.nextInt(5) == 0) {
        loseSomething();
      }
      if (random.nextInt(8) == 0) {
        addForeignPolicy();
      }
      kernel.time += random.nextInt(50);
      change(someGroups());
    }
  }

  private void change(List<GroupNeed> needs) {
    Map<PolicyKey, KernelPolicy> foreign = foreignPolicies();
    Map<SaId, KernelSa> before = Map.copyOf(kernel.sas);
    boolean failing = random.nextInt(3) == 0;
    int rounds = 0;
    Plan plan = plan(needs);
    while (!plan.isEmpty()) {
      assertThat(++rounds).as("plans until all is true").isLessThanOrEqualTo(MAX_ROUNDS);
      checkEveryPrefixAndHole(plan.ops(), needs);
      ownership.willDo(plan.ops());
      int hole = failing ? random.nextInt(plan.ops().size()) : -1;
      failing = false;
      for (int i = 0; i < plan.ops().size(); i++) {
        boolean done = i != hole && kernel.execute(plan.ops().get(i));
        if (hole < 0) {
          assertThat(done).as("%s", plan.ops().get(i)).isTrue();
        }
      }
      plan = plan(needs);
    }
    checkResult(needs, plan);
    assertThat(foreignPolicies()).isEqualTo(foreign);
    kernel.sas.forEach(
        (id, sa) -> {
          if (before.containsKey(id) && before.get(id).spec().equals(sa.spec())) {
            assertThat(sa.reqid()).as("reqid of a kept SA").isEqualTo(before.get(id).reqid());
          }
        });
  }

  private void checkEveryPrefixAndHole(List<KernelOp> ops, List<GroupNeed> needs) {
    Map<Direction, List<Packet>> closed = new HashMap<>();
    for (Direction direction : Direction.values()) {
      closed.put(
          direction,
          wanted(needs).stream().filter(p -> !kernel.passesClear(p, direction)).toList());
    }
    for (int hole = -1; hole < ops.size(); hole++) {
      FakeKernel trial = kernel.copy();
      for (int i = 0; i < ops.size(); i++) {
        if (i != hole && trial.execute(ops.get(i))) {
          int at = i;
          int without = hole;
          closed.forEach(
              (direction, packets) ->
                  assertThat(packets)
                      .as("%s after %s, operation %d of %s failed", direction, at, without, ops)
                      .noneMatch(p -> trial.passesClear(p, direction)));
        } else {
          holes++;
        }
      }
    }
  }

  private void checkResult(List<GroupNeed> needs, Plan last) {
    Set<KernelSelector> foreign =
        foreignPolicies().keySet().stream().map(PolicyKey::selector).collect(Collectors.toSet());
    for (Packet packet : wanted(needs)) {
      if (foreign.stream().noneMatch(packet::matches)) {
        for (Direction direction : Direction.values()) {
          assertThat(kernel.passesClear(packet, direction))
              .as("%s %s", direction, packet)
              .isFalse();
        }
      }
    }
    Set<SaId> wantedSas = new HashSet<>();
    for (GroupNeed need : needs) {
      need.sas().forEach(sa -> wantedSas.add(sa.spec().id()));
      if (!last.problems().containsKey(need.group())) {
        for (SaNeed sa : need.sas()) {
          KernelSa there = kernel.sas.get(sa.spec().id());
          assertThat(there).isNotNull();
          assertThat(there.spec()).isEqualTo(sa.spec());
        }
      }
    }
    if (needs.stream().noneMatch(GroupNeed::keepsLeftovers)) {
      assertThat(wantedSas).containsAll(kernel.sas.keySet());
    }
    assertThat(kernel.sas.values().stream().map(KernelSa::reqid)).doesNotHaveDuplicates();
  }

  private Plan plan(List<GroupNeed> needs) {
    KernelState state = kernel.read();
    ownership.adoptOnce(state);
    return KernelPlanner.plan(needs, state, ownership, reqids);
  }

  /** Packets that some group wants closed. Reports of membership are none of them. */
  private static List<Packet> wanted(List<GroupNeed> needs) {
    return PACKETS.stream()
        .filter(p -> needs.stream().flatMap(n -> n.guards().stream()).anyMatch(p::matches))
        .toList();
  }

  private Map<PolicyKey, KernelPolicy> foreignPolicies() {
    Map<PolicyKey, KernelPolicy> foreign = new HashMap<>(kernel.policies);
    foreign.values().removeIf(KernelPolicy::hasOurMark);
    return foreign;
  }

  private List<GroupNeed> someGroups() {
    List<GroupNeed> groups = new ArrayList<>();
    for (int g = 0; g < random.nextInt(3); g++) {
      Set<KernelSelector> guards = new HashSet<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        guards.add(pick(GUARDS));
      }
      List<SaNeed> sas = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        sas.add(someSa());
      }
      groups.add(TestNeeds.group("g" + g, List.copyOf(guards), sas, random.nextInt(4) == 0));
    }
    return groups;
  }

  private SaNeed someSa() {
    Optional<Duration> left =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(1 + random.nextInt(5000)));
    int role = random.nextInt(3);
    return TestNeeds.sa(
        pick(NARROW), 1 + random.nextInt(5), random.nextInt(2), role != 0, role != 1, left);
  }

  private Set<SaId> someForeignSas() {
    return random.nextInt(4) == 0 ? Set.of(someSa().spec().id()) : Set.of();
  }

  private void addForeignPolicy() {
    PolicyKey key =
        new PolicyKey(
            pick(random.nextBoolean() ? GUARDS : NARROW),
            random.nextBoolean() ? Direction.IN : Direction.OUT);
    int priority = random.nextBoolean() ? 100 : 400_000;
    kernel.policies.putIfAbsent(
        key, new KernelPolicy(key, priority, random.nextBoolean(), List.of()));
  }

  /** Somebody flushes, or the kernel ends an SA. */
  private void loseSomething() {
    kernel.sas.keySet().removeIf(id -> random.nextBoolean());
    kernel.policies.values().removeIf(p -> p.hasOurMark() && random.nextInt(3) == 0);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static List<Packet> packets() {
    List<Packet> packets = new ArrayList<>();
    for (String from : List.of("10.0.0.1", "10.0.0.2", "192.0.2.1")) {
      for (String to : List.of("239.1.1.1", "239.1.1.7", "239.1.2.1")) {
        for (int port : new int[] {5000, 5002, 6000}) {
          packets.add(Packet.udp(from, to, port));
        }
      }
      packets.add(new Packet(Packet.address(from), Packet.address("239.1.1.1"), 6, 1, 5000));
    }
    return packets;
  }
}
