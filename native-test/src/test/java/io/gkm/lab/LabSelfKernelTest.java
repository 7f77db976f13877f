package io.gkm.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The lab itself, without gkm: two hosts and an outsider on a bridge, SAs made by hand with ip
 * xfrm.
 */
@Tag("kernel")
class LabSelfKernelTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String KEY = "000102030405060708090a0b0c0d0e0f10111213";
  private static final DatagramFlow FLOW = DatagramFlow.to("239.1.1.1", 5000, "for the group");

  private Lab lab;
  private LabHost sender;
  private LabHost receiver;
  private LabHost outsider;
  private LabBridge wire;

  @BeforeEach
  void threeHostsOnABridge() {
    lab = Lab.create();
    sender = lab.host("sender");
    receiver = lab.host("receiver");
    outsider = lab.host("outsider");
    wire = lab.bridge("wire");
    lab.connect(sender, wire, "10.9.0.2/24", "fd09::2/64");
    lab.connect(receiver, wire, "10.9.0.3/24", "fd09::3/64");
    lab.connect(outsider, wire, "10.9.0.66/24", "fd09::66/64");
    lab.apply();
  }

  @AfterEach
  void closeLab() {
    lab.close();
  }

  @Test
  void withoutPolicyEverybodyReadsThePlaintext() {
    MulticastReceiver inside = MulticastReceiver.join(receiver, FLOW);
    MulticastReceiver outside = MulticastReceiver.join(outsider, FLOW);
    Capture onTheWire = Capture.start(outsider, "eth0", LabSelfKernelTest::udpOrEsp);

    Traffic.send(sender, FLOW, 5);

    assertThat(inside.awaitCount(5, SOON)).hasSize(5);
    outside.awaitCount(5, SOON);
    List<CapturedPacket> packets = onTheWire.stop();
    assertThat(inside.sequences("for the group")).containsExactly(0, 1, 2, 3, 4);
    assertThat(outside.sequences("for the group")).containsExactly(0, 1, 2, 3, 4);
    assertThat(inside.received().get(0).source().getAddress().getHostAddress())
        .isEqualTo("10.9.0.2");
    assertThat(packets).hasSize(5).allMatch(CapturedPacket::isUdp);
    assertThat(packets).allMatch(packet -> packet.shows("for the group"));
    assertThat(packets).allMatch(packet -> packet.destinationPort() == 5000);
  }

  @Test
  void withAnSaOnlyEspIsOnTheWireAndOnlyTheGroupReadsIt() {
    protectGroup();
    MulticastReceiver inside = MulticastReceiver.join(receiver, FLOW);
    MulticastReceiver outside = MulticastReceiver.join(outsider, FLOW);
    Capture onTheWire = Capture.start(outsider, "eth0", LabSelfKernelTest::udpOrEsp);
    Capture onTheBridge = Capture.start(lab, wire, LabSelfKernelTest::udpOrEsp);

    Traffic.send(sender, FLOW, 0, 5, Duration.ofMillis(5));
    inside.awaitCount(5, SOON);

    assertThat(inside.sequences("for the group")).containsExactly(0, 1, 2, 3, 4);
    for (Capture capture : List.of(onTheWire, onTheBridge)) {
      List<CapturedPacket> packets = capture.stop();
      assertThat(packets).hasSize(5).allMatch(CapturedPacket::isEsp);
      assertThat(packets).allMatch(packet -> packet.espSpi() == 0xabcd1234L);
      assertThat(packets).noneMatch(packet -> packet.shows("for the group"));
      assertThat(packets)
          .extracting(CapturedPacket::espSequence)
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 5).mapToObj(Long::valueOf).toList());
    }
    assertThat(outside.received()).isEmpty();
    assertThat(KernelView.sas(receiver)).hasSize(1).allMatch(sa -> sa.packets() == 5);
  }

  @Test
  void ipv6GroupsWorkToo() {
    DatagramFlow flow = DatagramFlow.to("ff15::1", 5000, "six");
    MulticastReceiver inside = MulticastReceiver.join(receiver, flow);
    Capture onTheWire = Capture.start(lab, wire, CapturedPacket::isUdp);

    Traffic.send(sender, flow, 3);

    inside.awaitCount(3, SOON);
    assertThat(inside.sequences("six")).containsExactly(0, 1, 2);
    assertThat(onTheWire.stop()).hasSize(3).allMatch(packet -> packet.shows("six"));
  }

  @Test
  void aBlockingPolicyLetsNothingOut() {
    sender.ip("xfrm policy add src 0.0.0.0/0 dst 239.1.1.1/32 dir out action block");
    Capture onTheWire = Capture.start(lab, wire, LabSelfKernelTest::udpOrEsp);

    assertThat(Traffic.trySend(sender, FLOW, 0, 3, Duration.ZERO)).isZero();
    assertThatThrownBy(() -> Traffic.send(sender, FLOW, 3)).isInstanceOf(LabException.class);
    Traffic.send(sender, DatagramFlow.to("239.1.1.2", 5000, "control"), 1);

    onTheWire.awaitPacket(packet -> packet.shows("control"), SOON);
    assertThat(onTheWire.stop()).hasSize(1);
  }

  @Test
  void theKernelViewShowsWhatWasInstalled() {
    protectGroup();

    assertThat(KernelView.sas(outsider)).isEmpty();
    List<KernelSa> sas = KernelView.sas(sender);
    assertThat(sas).hasSize(1);
    KernelSa sa = sas.get(0);
    assertThat(sa.source()).isEqualTo("10.9.0.2");
    assertThat(sa.destination()).isEqualTo("239.1.1.1");
    assertThat(sa.protocol()).isEqualTo("esp");
    assertThat(sa.spi()).isEqualTo(0xabcd1234L);
    assertThat(sa.reqid()).isEqualTo(7);
    assertThat(sa.mode()).isEqualTo("transport");
    assertThat(sa.aead())
        .isEqualTo(Optional.of(new KernelAlgorithm("rfc4106(gcm(aes))", KEY, 128)));
    assertThat(sa.encryption()).isEmpty();
    assertThat(sa.toString()).doesNotContain(KEY);
    assertThat(KernelView.policies(sender)).contains("dst 239.1.1.1/32", "dir out");
  }

  @Test
  void processesRunInsideAndEndWithTheLab() {
    ExecResult address = sender.exec("ip", "-br", "address", "show", "eth0");
    assertThat(address.exit()).isZero();
    assertThat(address.stdout()).contains("UP", "10.9.0.2/24", "fd09::2/64");

    LabProcess process =
        sender.start(
            "sh", "-c", "trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.1; done");
    assertThat(process.awaitLine("^ready$", SOON)).isEqualTo("ready");
    process.terminate();
    assertThat(process.awaitExit(SOON)).isEqualTo(7);
    assertThat(process.lines()).containsExactly("ready", "bye");

    LabProcess forever = sender.start("sleep", "1000");
    lab.close();
    assertThat(forever.isAlive()).isFalse();
    assertThat(Commands.run(List.of("ip", "netns", "list"), "", SOON).stdout())
        .doesNotContain(sender.namespace());
  }

  @Test
  void aCaptureThatEndsEarlyIsNotAnEmptyOne() {
    Capture capture = Capture.start(outsider, "eth0", packet -> true);
    assertThatThrownBy(() -> Capture.start(outsider, "eth7", packet -> true))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("eth7");
    Capture quiet = Capture.start(outsider, "eth0", packet -> packet.destinationPort() == 9);
    assertThat(quiet.stop()).isEmpty();
    outsider.exec("ip", "link", "del", "eth0").orThrow();
    assertThatThrownBy(capture::stop).isInstanceOf(LabException.class);
  }

  private static boolean udpOrEsp(CapturedPacket packet) {
    return packet.isUdp() || packet.isEsp();
  }

  /** One any-source GCM SA of the group on sender and receiver, policies in both directions. */
  private void protectGroup() {
    String sa =
        "xfrm state add src 10.9.0.2 dst 239.1.1.1 proto esp spi 0xabcd1234 reqid 7 mode transport"
            + " replay-window 64 aead rfc4106(gcm(aes)) 0x"
            + KEY
            + " 128";
    String policy =
        "xfrm policy add src 0.0.0.0/0 dst 239.1.1.1/32 proto udp dport 5000 dir %s"
            + " tmpl src 0.0.0.0 dst 239.1.1.1 proto esp reqid 7 mode transport";
    sender.ip(sa, policy.formatted("out"));
    receiver.ip(sa, policy.formatted("in"));
  }
}
