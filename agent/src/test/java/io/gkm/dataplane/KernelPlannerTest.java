package io.gkm.dataplane;

import static io.gkm.dataplane.TestNeeds.group;
import static io.gkm.dataplane.TestNeeds.sa;
import static io.gkm.dataplane.TestNeeds.selector;
import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.dataplane.DataPlaneProblem.ForeignPolicy;
import io.gkm.dataplane.DataPlaneProblem.ForeignSa;
import io.gkm.dataplane.DataPlaneProblem.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The plans of {@link KernelPlanner} for the situations of a member's life, one by one. */
class KernelPlannerTest {
  private static final KernelSelector FLOW = selector("0.0.0.0/0 -> 239.1.1.1/32 udp/5000");
  private static final KernelSelector NARROW = selector("10.0.0.1/32 -> 239.1.1.1/32 udp/5000");
  private static final Packet PACKET = Packet.udp("10.0.0.1", "239.1.1.1", 5000);

  private final FakeKernel kernel = new FakeKernel(Set.of());
  private Ownership ownership = new Ownership();
  private final Reqids reqids = new Reqids();

  @Test
  void guardsComeBeforeSasAndPoliciesInwardsBeforeOutwards() {
    assertThat(texts(apply(video(both(1)))))
        .containsExactly(
            "add policy in " + FLOW,
            "add policy out " + FLOW,
            "add SA 0x00000001 to 239.1.1.1",
            "replace policy in " + FLOW,
            "replace policy out " + FLOW);
    assertThat(plan(video(both(1))).isEmpty()).isTrue();
  }

  @Test
  void rolloverAddsSwitchesAndThenDeletesAndAlwaysHasAnSaToSendWith() {
    apply(video(both(1)));
    Plan rollover = plan(video(both(2)));
    assertThat(texts(rollover))
        .containsExactly(
            "add SA 0x00000002 to 239.1.1.1",
            "replace policy out " + FLOW,
            "delete SA 0x00000001 to 239.1.1.1");
    for (KernelOp op : rollover.ops()) {
      assertThat(kernel.execute(op)).isTrue();
      assertThat(kernel.outboundSpis(PACKET)).as("after %s", op).hasSize(1);
    }
    assertThat(kernel.outboundSpis(PACKET)).containsExactly(2);
  }

  @Test
  void aNewKeyUnderAnOldSpiIsANewSa() {
    apply(video(both(1)));
    int before = onlySa().reqid();
    assertThat(texts(apply(video(sa(FLOW, 1, 99, true, true, Optional.empty())))))
        .containsExactly(
            "delete SA 0x00000001 to 239.1.1.1",
            "add SA 0x00000001 to 239.1.1.1",
            "replace policy out " + FLOW);
    assertThat(onlySa().reqid()).isNotEqualTo(before);
  }

  @Test
  void thatReceiveOnlyComeFirst() {
    SaNeed sender = sa(NARROW, 1, 1, false, true, Optional.empty());
    SaNeed receiver = sa(FLOW, 2, 2, true, false, Optional.empty());
    List<String> texts =
        texts(apply(List.of(group("video", List.of(FLOW), List.of(sender, receiver)))));
    assertThat(texts)
        .containsSubsequence("add SA 0x00000002 to 239.1.1.1", "add SA 0x00000001 to 239.1.1.1");
    assertThat(texts)
        .containsSubsequence(
            "add SA 0x00000001 to 239.1.1.1",
            "replace policy in " + FLOW,
            "add policy out " + NARROW);
  }

  @Test
  void anEndedSaLeavesTheGuard() {
    apply(video(both(1)));
    assertThat(texts(apply(List.of(group("video", List.of(FLOW), List.of())))))
        .containsExactly(
            "replace policy in " + FLOW,
            "replace policy out " + FLOW,
            "delete SA 0x00000001 to 239.1.1.1");
    assertThat(kernel.policies.values()).allMatch(KernelPolicy::block);
  }

  @Test
  void ofAGroupThatGoesTheGuardsGoLast() {
    apply(
        List.of(
            group(
                "video", List.of(FLOW), List.of(sa(NARROW, 1, 1, true, true, Optional.empty())))));
    assertThat(texts(apply(List.of())))
        .containsExactly(
            "delete SA 0x00000001 to 239.1.1.1",
            "delete policy in " + NARROW,
            "delete policy out " + NARROW,
            "delete policy in " + FLOW,
            "delete policy out " + FLOW);
    assertThat(kernel.policies).isEmpty();
  }

  @Test
  void leftoversGoOnlyWhenTheGuardsStand() {
    apply(List.of(group("old", List.of(NARROW), List.of())));
    ownership = new Ownership();
    List<GroupNeed> needs = List.of(group("video", List.of(FLOW), List.of()));
    Plan first = plan(needs);
    assertThat(texts(first)).containsExactly("add policy in " + FLOW, "add policy out " + FLOW);
    execute(first);
    assertThat(texts(plan(needs)))
        .containsExactly("delete policy in " + NARROW, "delete policy out " + NARROW);
  }

  @Test
  void anSaFoundAfterACrashIsKeptWhenItIsTheSame() {
    apply(video(both(1)));
    ownership = new Ownership();
    assertThat(plan(video(both(1))).isEmpty()).isTrue();
  }

  @Test
  void whatAKilledRunLeftGoesOnUntilTheKeyServerHasAnswered() {
    apply(video(lasting(100)));
    ownership = new Ownership();

    assertThat(plan(List.of(group("video", List.of(FLOW), List.of(), true))).isEmpty()).isTrue();
    assertThat(kernel.outboundSpis(PACKET)).containsExactly(1);

    // The same keys again: nothing changes. Others: they take over.
    assertThat(plan(video(lasting(100))).isEmpty()).isTrue();
    apply(video(both(2)));
    assertThat(kernel.outboundSpis(PACKET)).containsExactly(2);
    assertThat(onlySa().spec().id().spi()).isEqualTo(2);
  }

  @Test
  void whatAKilledRunLeftGoesWhenTheKeyServerHasAnswered() {
    apply(video(lasting(100)));
    ownership = new Ownership();
    apply(List.of(group("video", List.of(FLOW), List.of())));
    assertThat(kernel.sas).isEmpty();
    assertThat(kernel.policies.values()).allMatch(KernelPolicy::block);
  }

  @Test
  void nothingIsKeptOfOtherTraffic() {
    KernelSelector other = selector("0.0.0.0/0 -> 239.1.1.1/32 udp/6000");
    apply(video(lasting(100)));
    ownership = new Ownership();
    List<GroupNeed> needs = List.of(group("video", List.of(other), List.of(), true));
    execute(plan(needs));
    apply(needs);
    assertThat(kernel.sas).isEmpty();
  }

  @Test
  void nothingIsKeptThatWouldNotEndByItself() {
    apply(video(both(1)));
    ownership = new Ownership();
    apply(List.of(group("video", List.of(FLOW), List.of(), true)));
    assertThat(kernel.sas).isEmpty();
    assertThat(kernel.policies.values()).allMatch(KernelPolicy::block);
  }

  /** An SA whose policies are gone gets its guards, and goes on receiving nothing. */
  @Test
  void ofWhatAKilledRunLeftTheGuardsAreMadeGood() {
    apply(video(lasting(100)));
    kernel.policies.clear();
    ownership = new Ownership();
    apply(List.of(group("video", List.of(FLOW), List.of(), true)));
    assertThat(kernel.passesClear(PACKET, Direction.OUT)).isFalse();
    assertThat(kernel.passesClear(PACKET, Direction.IN)).isFalse();
    assertThat(kernel.sas).hasSize(1);
  }

  @Test
  void ourMarkOnAnObjectOfALaterComerIsNotEnough() {
    apply(List.of());
    PolicyKey key = new PolicyKey(NARROW, Direction.OUT);
    kernel.policies.put(key, KernelPolicy.guard(key));
    apply(List.of());
    assertThat(kernel.policies).containsKey(key);
  }

  @Test
  void somebodyElsesPolicyKeepsTheGroupClosed() {
    PolicyKey key = new PolicyKey(FLOW, Direction.OUT);
    KernelPolicy foreign = new KernelPolicy(key, 1000, false, List.of());
    kernel.policies.put(key, foreign);
    Plan plan = apply(video(both(1)));
    assertThat(plan.problems().get("video")).singleElement().isInstanceOf(ForeignPolicy.class);
    assertThat(kernel.sas).isEmpty();
    assertThat(kernel.policies).containsEntry(key, foreign).hasSize(2);
  }

  @Test
  void somebodyElsesSaIsNotTouched() {
    FakeKernel taken = new FakeKernel(Set.of(both(1).spec().id()));
    KernelState state = taken.read();
    ownership.adoptOnce(state);
    Plan plan = KernelPlanner.plan(video(both(1)), state, ownership, reqids);
    assertThat(plan.problems().get("video")).singleElement().isInstanceOf(ForeignSa.class);
    assertThat(texts(plan)).containsExactly("add policy in " + FLOW, "add policy out " + FLOW);
  }

  @Test
  void aGuardOfTwoGroupsIsThereOnceAndStaysForTheLast() {
    GroupNeed one = group("one", List.of(FLOW), List.of(both(1)));
    GroupNeed two = group("two", List.of(FLOW), List.of(both(2)));
    Plan plan = apply(List.of(one, two));
    assertThat(plan.problems()).containsOnlyKeys("two");
    assertThat(plan.problems().get("two")).singleElement().isInstanceOf(Taken.class);
    assertThat(kernel.outboundSpis(PACKET)).containsExactly(1);
    apply(List.of(two));
    assertThat(kernel.outboundSpis(PACKET)).containsExactly(2);
    assertThat(kernel.policies).hasSize(2);
  }

  @Test
  void membershipReportsPassWhereAllProtocolsAreGuarded() {
    KernelSelector any = selector("0.0.0.0/0 -> 239.1.1.1/32");
    apply(
        List.of(
            group("video", List.of(any), List.of(sa(any, 1, 1, true, true, Optional.empty())))));
    Packet report = new Packet(Packet.address("10.0.0.1"), Packet.address("239.1.1.1"), 2, 0, 0);
    assertThat(kernel.passesClear(report, Direction.OUT)).isTrue();
    assertThat(kernel.passesClear(report, Direction.IN)).isTrue();
    assertThat(kernel.passesClear(PACKET, Direction.OUT)).isFalse();
  }

  @Test
  void aLifetimeIsChangedOnlyWhenItIsAnother() {
    apply(video(lasting(100)));
    kernel.time += 40;
    assertThat(plan(video(lasting(60))).isEmpty()).isTrue();
    Plan longer = plan(video(lasting(500)));
    assertThat(texts(longer)).containsExactly("change the lifetime of SA 0x00000001 to 239.1.1.1");
    execute(longer);
    // 40 s old, 499 s more: 500 less the margin, in whole seconds.
    assertThat(onlySa().lifetime().hardSeconds()).isEqualTo(539);
    assertThat(plan(video(lasting(500))).isEmpty()).isTrue();
    assertThat(texts(plan(video(both(1))))).hasSize(1);
  }

  private SaNeed lasting(int seconds) {
    return sa(FLOW, 1, 1, true, true, Optional.of(Duration.ofSeconds(seconds)));
  }

  private static SaNeed both(int spi) {
    return sa(FLOW, spi, spi, true, true, Optional.empty());
  }

  private static List<GroupNeed> video(SaNeed sa) {
    return List.of(group("video", List.of(FLOW), List.of(sa)));
  }

  private KernelSa onlySa() {
    assertThat(kernel.sas).hasSize(1);
    return kernel.sas.values().iterator().next();
  }

  private Plan plan(List<GroupNeed> needs) {
    KernelState state = kernel.read();
    ownership.adoptOnce(state);
    return KernelPlanner.plan(needs, state, ownership, reqids);
  }

  private Plan apply(List<GroupNeed> needs) {
    Plan plan = plan(needs);
    execute(plan);
    assertThat(plan(needs).isEmpty()).isTrue();
    return plan;
  }

  private void execute(Plan plan) {
    ownership.willDo(plan.ops());
    for (KernelOp op : plan.ops()) {
      assertThat(kernel.execute(op)).as("%s", op).isTrue();
    }
  }

  private static List<String> texts(Plan plan) {
    return plan.ops().stream().map(KernelOp::toString).toList();
  }
}
