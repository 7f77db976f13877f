package io.gkm.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.group.DataSa;
import io.gkm.group.DesiredState;
import io.gkm.group.Flow;
import io.gkm.group.GroupState;
import io.gkm.ike.Moment;
import io.gkm.ike.crypto.DataSaKeys;
import io.gkm.ike.crypto.DataSuite;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.TrafficSelector;
import io.gkm.netlink.Errno;
import io.gkm.netlink.KernelError;
import io.gkm.netlink.xfrm.XfrmAction;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmMessage;
import io.gkm.netlink.xfrm.XfrmMessageType;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSelector;
import io.gkm.netlink.xfrm.fake.FakeXfrmKernel;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the data plane does when the kernel refuses: against one that refuses at will. */
class XfrmDataPlaneTest {
  private static final Moment NOW = new Moment(0);
  private static final String VIDEO = "239.1.1.1";
  private static final String AUDIO = "239.2.2.2";

  private final FakeXfrmKernel kernel = new FakeXfrmKernel();
  private final XfrmClient witness = XfrmClient.over(kernel.connect());
  private DataPlane dataPlane;

  @BeforeEach
  void open() {
    dataPlane = XfrmDataPlane.over(XfrmClient.over(kernel.connect()));
  }

  @AfterEach
  void close() {
    dataPlane.close();
  }

  @Test
  void whatIsDesiredIsThereAndStays() throws Exception {
    assertThat(apply(group("video", VIDEO)).failures()).isEmpty();
    assertThat(witness.dumpSas())
        .extracting(s -> s.id().destination())
        .containsExactly(InetAddress.getByName(VIDEO));
    assertThat(protectedGroups()).containsExactly(VIDEO, VIDEO);
    assertThat(apply(group("video", VIDEO)).operations()).isEmpty();
  }

  @Test
  void membershipReportsPassBesideAGuardForEverything() throws Exception {
    List<Flow> allow =
        List.of(Flow.parse("0.0.0.0/0 -> 239.1.1.1/32"), Flow.parse("::/0 -> ff3e::1/128"));
    DesiredState desired =
        new DesiredState(List.of(new GroupState("video", allow, List.of(), List.of())));

    assertThat(dataPlane.apply(desired, NOW).failures()).isEmpty();

    List<XfrmPolicy> open =
        witness.dumpPolicies().stream().filter(p -> p.action() == XfrmAction.ALLOW).toList();
    assertThat(open)
        .filteredOn(p -> p.id().direction() == XfrmDirection.OUT)
        .extracting(p -> p.id().selector().protocol() + " " + p.id().selector().sourcePort())
        .containsExactlyInAnyOrder("2 0", "58 130", "58 131", "58 132", "58 143");
    assertThat(open).allMatch(p -> p.templates().isEmpty());
    assertThat(dataPlane.apply(desired, NOW).operations()).isEmpty();
  }

  @Test
  void whatWasRefusedOnceIsTriedAgain() throws Exception {
    kernel.refuseOnce(is(XfrmMessageType.NEWSA), KernelError.of(Errno.ENOMEM));
    assertThat(apply(group("video", VIDEO)).failures()).isEmpty();
    assertThat(witness.dumpSas()).hasSize(1);
    assertThat(protectedGroups()).containsExactly(VIDEO, VIDEO);
  }

  @Test
  void whatIsRefusedAgainAndAgainIsGivenUpAndTold() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    kernel.refuse(
        m -> m.type() == XfrmMessageType.NEWSA && asked.incrementAndGet() > 0,
        Errno.ENOMEM,
        "no room");
    ApplyResult result = apply(group("video", VIDEO));
    assertThat(result.failures())
        .singleElement()
        .asString()
        .contains("group video", "ENOMEM", "no room");
    assertThat(asked).hasValue(4);
    // Without the SA the group's traffic stays blocked.
    assertThat(protectedGroups()).isEmpty();
    assertThat(witness.dumpPolicies()).filteredOn(p -> p.action() == XfrmAction.BLOCK).isNotEmpty();
    kernel.accept();
    assertThat(apply(group("video", VIDEO)).failures()).isEmpty();
    assertThat(protectedGroups()).containsExactly(VIDEO, VIDEO);
  }

  @Test
  void oneGroupsRefusalIsNotAnothers() throws Exception {
    InetAddress video = InetAddress.getByName(VIDEO);
    kernel.refuse(
        m -> m.type() == XfrmMessageType.NEWSA && m.object().contains(video.getHostAddress()),
        Errno.ENOSYS,
        "");
    ApplyResult result = apply(group("video", VIDEO), group("audio", AUDIO));
    assertThat(result.failures()).isNotEmpty().allMatch(f -> f.contains("group video"));
    assertThat(protectedGroups()).containsExactly(AUDIO, AUDIO);
  }

  @Test
  void withoutItsGuardsAGroupGetsNoSa() throws Exception {
    kernel.refuse(is(XfrmMessageType.NEWPOLICY), Errno.ENOBUFS, "");
    ApplyResult result = apply(group("video", VIDEO));
    assertThat(result.failures()).isNotEmpty().allMatch(f -> f.contains("ENOBUFS"));
    assertThat(witness.dumpSas()).isEmpty();
  }

  @Test
  void aKernelThatCannotBeReadIsUnreachable() {
    kernel.refuse(is(XfrmMessageType.GETPOLICY), Errno.EPERM, "");
    assertThatThrownBy(() -> apply(group("video", VIDEO)))
        .isInstanceOf(DataPlaneException.class)
        .hasMessageContaining("EPERM");
  }

  @Test
  void aKernelWithoutEspIsTold() {
    kernel.refuse(is(XfrmMessageType.NEWSA), Errno.EPROTONOSUPPORT, "");
    assertThatThrownBy(() -> XfrmDataPlane.over(XfrmClient.over(kernel.connect())))
        .isInstanceOf(DataPlaneException.class)
        .hasMessageContaining("cannot do ESP");
  }

  @Test
  void theProbeLeavesNothingAndStepsOverWhatIsThere() throws Exception {
    assertThat(witness.dumpSas()).isEmpty();
    kernel.refuseOnce(is(XfrmMessageType.NEWSA), KernelError.of(Errno.EEXIST));
    XfrmDataPlane.over(XfrmClient.over(kernel.connect())).close();
    assertThat(witness.dumpSas()).isEmpty();
  }

  @Test
  void removalTakesOursAndTellsWhatItCouldNot() throws Exception {
    XfrmSelector others =
        XfrmSelector.of(InetAddress.getByName("0.0.0.0"), 0, InetAddress.getByName("10.1.0.0"), 16);
    XfrmPolicyId foreign = XfrmPolicyId.of(others, XfrmDirection.OUT);
    witness.addPolicy(XfrmPolicy.block(foreign, 7));
    apply(group("video", VIDEO));
    kernel.refuse(is(XfrmMessageType.DELPOLICY), Errno.EBUSY, "");
    assertThatThrownBy(() -> dataPlane.removeAll())
        .isInstanceOf(DataPlaneException.class)
        .hasMessageContaining("EBUSY");
    kernel.accept();
    dataPlane.removeAll();
    assertThat(witness.dumpSas()).isEmpty();
    assertThat(witness.dumpPolicies()).extracting(XfrmPolicy::id).containsExactly(foreign);
  }

  @Test
  void countersAreThoseOfTraffic() throws Exception {
    apply(group("video", VIDEO));
    XfrmSa sa = witness.dumpSas().get(0);
    kernel.sent(sa.id(), 100);
    kernel.sent(sa.id(), 50);
    assertThat(dataPlane.snapshot().sas())
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.packets()).isEqualTo(2);
              assertThat(s.bytes()).isEqualTo(150);
            });
  }

  private static Predicate<XfrmMessage> is(XfrmMessageType type) {
    return m -> m.type() == type;
  }

  private ApplyResult apply(GroupState... groups) {
    return dataPlane.apply(new DesiredState(List.of(groups)), NOW);
  }

  /** The destinations that policies protect, one for each direction. */
  private List<String> protectedGroups() throws Exception {
    return witness.dumpPolicies().stream()
        .filter(p -> !p.templates().isEmpty())
        .map(p -> p.info().selector().destination().getHostAddress())
        .toList();
  }

  private static GroupState group(String name, String address) throws Exception {
    List<Flow> allow = List.of(Flow.parse("0.0.0.0/0 -> " + address + "/32 udp/5000"));
    InetAddress destination = InetAddress.getByName(address);
    DataSa sa =
        new DataSa(
            3,
            0xc0ffee01,
            true,
            TrafficSelector.any(false, 17),
            TrafficSelector.single(destination, 17, 5000, 5000),
            DataSuite.esp(12, 256, 12),
            new DataSaKeys(key(1), key(2)),
            true,
            true,
            true,
            0,
            NOW,
            Optional.empty(),
            1);
    return new GroupState(name, allow, List.of(), List.of(sa));
  }

  private static Secret key(int octet) {
    byte[] octets = new byte[32];
    Arrays.fill(octets, (byte) octet);
    return Secret.wrap(octets);
  }
}
