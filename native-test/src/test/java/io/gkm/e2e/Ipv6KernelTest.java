package io.gkm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.lab.Capture;
import io.gkm.lab.CapturedPacket;
import io.gkm.lab.DatagramFlow;
import io.gkm.lab.ExecResult;
import io.gkm.lab.GroupLab;
import io.gkm.lab.KernelView;
import io.gkm.lab.LabHost;
import io.gkm.lab.LabProcess;
import io.gkm.lab.MulticastReceiver;
import io.gkm.lab.Traffic;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything over IPv6: registration (on port 848), rekeys by multicast, the group's traffic. */
@Tag("kernel")
class Ipv6KernelTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String GROUP = "ff3e::1";
  private static final DatagramFlow FLOW = DatagramFlow.to(GROUP, 5000, "group secret");
  private static final InetAddress GROUP_ADDRESS = FLOW.destination();
  private static final int MLDV1_REPORT = 131;
  private static final int ECHO_REQUEST = 128;
  private static final String REKEYED =
      RekeyedTraffic.policy(GROUP, "aes-cbc-128", "address = \"ff3e::848\"");

  private static final String EVERYTHING =
      """
      lifetime = 3600
      [[group.video.sa]]
      destination = "ff3e::1"
      encryption = "aes-cbc-256"
      integrity = "hmac-sha2-512"
      """;

  private final GroupLab lab = GroupLab.create();

  @AfterEach
  void takeDown() {
    lab.close();
  }

  @Test
  void trafficRunsThroughFiveRekeysWithoutLossAndNeverInClear() {
    lab.useIpv6("::/0 -> ff3e::1/128 udp/5000");
    lab.usePort(848);
    lab.startController(REKEYED);
    RekeyedTraffic.loseNothingAndShowNothing(lab, FLOW);
    assertThat(lab.status("receiver1").orThrow().stdout()).contains("fd09").contains(":848");
  }

  /** MLDv1 reports go to the group itself, where everything else is protected or blocked. */
  @Test
  void mldPassesBesideTheGuardsAndOtherIcmpv6DoesNot() {
    lab.useIpv6("::/0 -> ff3e::1/128");
    LabHost host = lab.host("receiver1");
    host.exec("sysctl", "-w", "net.ipv6.conf.eth0.force_mld_version=1").orThrow();
    LabProcess member = lab.startMember("receiver1", "both");
    member.awaitLine("gkm: running", GroupLab.PATIENCE);
    Capture wire = Capture.start(lab.lab(), lab.wire(), p -> GROUP_ADDRESS.equals(p.destination()));

    MulticastReceiver joined = MulticastReceiver.join(host, FLOW);
    wire.awaitPacket(p -> p.isIcmpv6(MLDV1_REPORT), SOON);
    assertThat(ping(host).stderr()).contains("Operation not permitted");
    assertThat(Traffic.trySend(host, FLOW, 0, 50, Duration.ZERO)).isZero();
    assertThat(wire.packets()).allMatch(p -> p.isIcmpv6(MLDV1_REPORT));

    // With the SA, what was blocked is protected; reports pass as before.
    lab.startController(EVERYTHING);
    lab.awaitMember("receiver1", member);
    joined.close();
    int before = wire.packets().size();
    MulticastReceiver again = MulticastReceiver.join(host, FLOW);
    Traffic.send(host, FLOW, 100, 5, Duration.ofMillis(5));
    ping(host);
    wire.awaitPacket(p -> p.isEsp() && p.espSequence() >= 8, SOON);
    List<CapturedPacket> packets = wire.stop();
    List<CapturedPacket> later = packets.subList(before, packets.size());
    assertThat(later).anyMatch(p -> p.isIcmpv6(MLDV1_REPORT));
    assertThat(later).allMatch(p -> p.isEsp() || p.isIcmpv6(MLDV1_REPORT));
    assertThat(packets).noneMatch(p -> p.isIcmpv6(ECHO_REQUEST));
    assertThat(again.sequences("group secret")).contains(100, 104);
  }

  /** Three ICMPv6 echo requests to the group; whether they could be sent. */
  private static ExecResult ping(LabHost host) {
    return host.exec("ping", "-6", "-c", "3", "-i", "0.2", "-W", "1", "-I", "eth0", GROUP);
  }

  @Test
  void addressesWithoutRouteArePassedOverWhateverTheirFamily() {
    lab.useControllerAddresses("2001:db8::99", "192.0.2.99", "10.9.0.1");
    lab.startController(GroupLab.POLICY);
    LabProcess member = lab.startMember("sender", "sender");

    lab.awaitMember("sender", member);

    assertThat(lab.status("sender").orThrow().stdout()).contains("controller hq (10.9.0.1)");
    assertThat(KernelView.sas(lab.host("sender"))).hasSize(1);
  }
}
