package io.gkm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.lab.Capture;
import io.gkm.lab.CapturedPacket;
import io.gkm.lab.DatagramFlow;
import io.gkm.lab.GroupLab;
import io.gkm.lab.KernelSa;
import io.gkm.lab.KernelView;
import io.gkm.lab.LabProcess;
import io.gkm.lab.MulticastReceiver;
import io.gkm.lab.Traffic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups whose traffic is authentic but may be read: AH, for each address family. */
@Tag("kernel")
class AuthenticationHeaderKernelTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final String POLICY =
      """
      lifetime = 3600
      [[group.video.sa]]
      destination = "%s"
      protocol = "udp"
      ports = "5000"
      integrity = "hmac-sha2-384"
      """;

  private final GroupLab lab = GroupLab.create();

  @AfterEach
  void takeDown() {
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"239.1.1.1", "ff3e::1"})
  void ahIsSentAndWhatHasNoneIsNotTaken(String group) {
    if (group.contains(":")) {
      lab.useIpv6("::/0 -> ff3e::1/128 udp/5000");
    }
    lab.useGroupLines("confidentiality = \"optional\"");
    DatagramFlow flow = DatagramFlow.to(group, 5000, "readable");
    lab.startController(POLICY.formatted(group));
    LabProcess sender = lab.startMember("sender", "sender");
    LabProcess receiver = lab.startMember("receiver1", "receiver");
    assertThat(lab.awaitMember("sender", sender)).contains("AUTH_HMAC_SHA2_384_192");
    lab.awaitMember("receiver1", receiver);
    MulticastReceiver inside = MulticastReceiver.join(lab.host("receiver1"), flow);
    Capture wire = Capture.start(lab.lab(), lab.wire(), GroupLab.isTrafficTo(group));

    Traffic.send(lab.host("outsider"), flow.withMarker("forged"), 5);
    wire.awaitPacket(p -> p.shows("forged 4"), SOON);
    Traffic.send(lab.host("sender"), flow, 0, 10, Duration.ofMillis(5));

    assertThat(inside.awaitCount(10, SOON)).hasSize(10);
    assertThat(inside.sequences("readable")).hasSize(10).doesNotHaveDuplicates();
    List<CapturedPacket> ours = wire.stop().stream().filter(p -> !p.shows("forged")).toList();
    assertThat(ours).hasSize(10).allMatch(CapturedPacket::isAh).allMatch(p -> p.shows("readable"));
    KernelSa sa = KernelView.sas(lab.host("receiver1")).get(0);
    assertThat(sa.protocol()).isEqualTo("ah");
    assertThat(sa.integrity().orElseThrow().name()).isEqualTo("hmac(sha384)");
    assertThat(sa.integrity().orElseThrow().icvBits()).isEqualTo(192);
    assertThat(lab.status("receiver1").orThrow().stdout()).contains("AUTH_HMAC_SHA2_384_192");
  }
}
