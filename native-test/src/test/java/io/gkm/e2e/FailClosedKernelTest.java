package io.gkm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.lab.Capture;
import io.gkm.lab.CapturedPacket;
import io.gkm.lab.DatagramFlow;
import io.gkm.lab.GroupLab;
import io.gkm.lab.KernelView;
import io.gkm.lab.LabHost;
import io.gkm.lab.LabProcess;
import io.gkm.lab.MulticastReceiver;
import io.gkm.lab.Traffic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing of the group leaves or is taken in in clear, whatever happens to keys and programs. */
@Tag("kernel")
class FailClosedKernelTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final DatagramFlow FLOW = DatagramFlow.to("239.1.1.1", 5000, "group secret");

  private final GroupLab lab = GroupLab.create();
  private final LabHost sender = lab.host("sender");

  @AfterEach
  void takeDown() {
    lab.close();
  }

  @Test
  void beforeRegistrationAndAfterTheKeysExpired() {
    LabProcess member = lab.startMember("sender", "both");
    member.awaitLine("gkm: running", GroupLab.PATIENCE);
    MulticastReceiver inside = MulticastReceiver.join(sender, FLOW);
    Capture wire = Capture.start(lab.lab(), lab.wire(), GroupLab::isGroupTraffic);

    assertThat(Traffic.trySend(sender, FLOW, 0, 100, Duration.ZERO)).isZero();
    Traffic.send(lab.host("outsider"), FLOW.withMarker("forged"), 5);
    wire.awaitPacket(p -> p.shows("forged 4"), SOON);

    LabProcess controller =
        lab.startController(GroupLab.POLICY.replace("lifetime = 3600", "lifetime = 20"));
    lab.awaitMember("sender", member);
    Traffic.send(sender, FLOW, 100, 10, Duration.ofMillis(5));
    wire.awaitPacket(p -> p.isEsp() && p.espSequence() == 10, SOON);

    controller.kill();
    member.awaitLine("is over without replacement", GroupLab.PATIENCE);
    Traffic.trySend(sender, FLOW, 200, 100, Duration.ZERO);
    Traffic.send(lab.host("outsider"), FLOW.withMarker("forged again"), 5);
    wire.awaitPacket(p -> p.shows("forged again 4"), SOON);

    assertThat(KernelView.sas(sender)).isEmpty();
    assertThat(KernelView.policies(sender)).contains("action block");
    assertThat(inside.sequences("forged")).isEmpty();
    assertThat(inside.sequences("forged again")).isEmpty();
    List<CapturedPacket> ours = fromSender(wire.stop());
    assertThat(ours).hasSize(10).allMatch(CapturedPacket::isEsp);
    assertThat(lab.status("sender").exit()).isEqualTo(1);
  }

  @Test
  void killedAndStartedAgainWithoutLosingADatagram() {
    lab.startController(GroupLab.POLICY);
    LabProcess first = lab.startMember("sender", "both");
    lab.awaitMember("sender", first);
    lab.awaitMember("receiver1", lab.startMember("receiver1", "receiver"));
    MulticastReceiver receiver = MulticastReceiver.join(lab.host("receiver1"), FLOW);
    Capture wire = Capture.start(lab.lab(), lab.wire(), GroupLab::isGroupTraffic);

    first.kill();
    first.awaitExit(SOON);
    Traffic.send(sender, FLOW, 0, 100, Duration.ofMillis(2));

    LabProcess second = lab.startMember("sender", "both");
    int sent = 100;
    while (second.lines().stream().noneMatch(l -> l.contains("registered; SAs"))) {
      assertThat(sent).isLessThan(20_000);
      Traffic.send(sender, FLOW, sent, 100, Duration.ofMillis(2));
      sent += 100;
    }
    lab.awaitMember("sender", second);
    Traffic.send(sender, FLOW, sent, 100, Duration.ofMillis(2));
    sent += 100;
    receiver.awaitCount(sent, SOON);
    assertThat(KernelView.sas(sender)).hasSize(1);
    second.terminate();
    assertThat(second.awaitExit(GroupLab.PATIENCE)).isZero();
    assertThat(Traffic.trySend(sender, FLOW, sent, 100, Duration.ZERO)).isZero();
    List<CapturedPacket> ours = fromSender(wire.stop());
    assertThat(ours).hasSize(sent).allMatch(CapturedPacket::isEsp);
    // One SA all the time: its numbers go on.
    assertThat(ours.get(sent - 1).espSequence()).isEqualTo(sent);
  }

  private static List<CapturedPacket> fromSender(List<CapturedPacket> packets) {
    return packets.stream().filter(p -> p.source().getHostAddress().equals("10.9.0.2")).toList();
  }
}
