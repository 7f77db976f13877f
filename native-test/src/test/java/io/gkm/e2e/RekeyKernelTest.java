package io.gkm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gkm.lab.Capture;
import io.gkm.lab.CapturedPacket;
import io.gkm.lab.DatagramFlow;
import io.gkm.lab.ExecResult;
import io.gkm.lab.GroupLab;
import io.gkm.lab.KernelSa;
import io.gkm.lab.KernelView;
import io.gkm.lab.LabProcess;
import io.gkm.lab.MulticastReceiver;
import io.gkm.lab.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * GSA_REKEY over real multicast: hosts follow signed rekeys in the kernel, and the traffic that
 * runs meanwhile loses nothing and is never in clear.
 */
@Tag("kernel")
class RekeyKernelTest {
  private static final DatagramFlow FLOW = DatagramFlow.to("239.1.1.1", 5000, "group secret");
  private static final int REKEYS = 5;
  private static final int INTERVAL_SECONDS = 4;

  private static final String POLICY =
      """
      lifetime = 60
      atd = 1
      dtd = 2
      [[group.video.sa]]
      destination = "239.1.1.1"
      protocol = "udp"
      ports = "5000"
      encryption = "aes-cbc-256"
      integrity = "hmac-sha2-256"
      [group.video.rekey]
      address = "239.255.0.1"
      port = 848
      signature = "ed25519"
      lifetime = 24
      interval = %d
      copies = 3
      copy-interval = 200
      """
          .formatted(INTERVAL_SECONDS);

  private final GroupLab lab = GroupLab.create();
  private final Map<String, LabProcess> members = new LinkedHashMap<>();

  @AfterEach
  void takeDown() {
    lab.close();
  }

  @Test
  void trafficRunsThroughFiveRekeysWithoutLossAndNeverInClear() throws Exception {
    lab.startController(POLICY);
    for (String name : List.of("receiver1", "receiver2", "sender")) {
      members.put(name, lab.startMember(name, name.equals("sender") ? "sender" : "receiver"));
    }
    members.forEach(lab::awaitMember);
    MulticastReceiver first = MulticastReceiver.join(lab.host("receiver1"), FLOW);
    MulticastReceiver second = MulticastReceiver.join(lab.host("receiver2"), FLOW);
    Capture wire = Capture.start(lab.lab(), lab.wire(), GroupLab::isGroupTraffic);

    int sent = 0;
    Instant end = Instant.now().plusSeconds((REKEYS + 1L) * INTERVAL_SECONDS);
    while (Instant.now().isBefore(end)) {
      Traffic.send(lab.host("sender"), FLOW, sent, 100, Duration.ofMillis(2));
      sent += 100;
    }

    first.awaitCount(sent, GroupLab.PATIENCE);
    second.awaitCount(sent, GroupLab.PATIENCE);
    assertThat(first.sequences("group secret")).hasSize(sent).doesNotHaveDuplicates();
    assertThat(second.sequences("group secret")).hasSize(sent).doesNotHaveDuplicates();
    List<CapturedPacket> packets = wire.stop();
    assertThat(packets).hasSize(sent).allMatch(CapturedPacket::isEsp);
    TreeSet<Long> spis = new TreeSet<>();
    packets.forEach(packet -> spis.add(packet.espSpi()));
    assertThat(spis).as("SAs that were sent with").hasSizeGreaterThan(REKEYS);
    members.forEach(
        (name, member) ->
            assertThat(member.lines().stream().filter(line -> line.contains("connected to key")))
                .as("%s registers once: %s", name, member.lines())
                .hasSize(1));

    assertFollowsTheKeyServer();
  }

  /** Old SAs go, and the newest one is the one that the key server hands out now. */
  private void assertFollowsTheKeyServer() throws Exception {
    Instant end = Instant.now().plus(GroupLab.PATIENCE);
    while (true) {
      String spi = new ObjectMapper().readTree(lab.keysFile().toFile()).get(0).get("spi").asText();
      List<KernelSa> sas = KernelView.sas(lab.host("receiver1"));
      boolean there = sas.stream().anyMatch(sa -> sa.spi() == Long.parseLong(spi, 16));
      if (there && sas.size() <= 2) {
        break;
      }
      assertThat(Instant.now()).as("kernel SAs %s, key server's 0x%s", sas, spi).isBefore(end);
    }
    ExecResult status = lab.status("receiver1", "--json").orThrow();
    JsonNode group =
        new ObjectMapper().readTree(status.stdout()).get("controllers").get(0).get("groups").get(0);
    assertThat(group.get("rekey").get("group").asText()).isEqualTo("239.255.0.1:848");
    assertThat(group.get("rekey").get("source").asText()).isEqualTo("10.9.0.1");
    assertThat(group.get("rekey").get("authentication").asText()).isEqualTo("signature Ed25519");
    assertThat(group.get("rekey").get("accepted").asInt()).isGreaterThanOrEqualTo(REKEYS);
  }
}
