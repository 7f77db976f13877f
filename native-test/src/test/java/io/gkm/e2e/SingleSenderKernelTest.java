package io.gkm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.api.Test;

/**
 * An SA of one source, AES-GCM, with a key server that asks for a cookie and for another key
 * exchange than the member tries first.
 */
@Tag("kernel")
class SingleSenderKernelTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final DatagramFlow FLOW = DatagramFlow.to("239.1.1.1", 5000, "one source");

  private static final String ONE_SENDER =
      """
      lifetime = 3600
      [[group.video.sa]]
      source = "10.9.0.2"
      destination = "239.1.1.1"
      protocol = "udp"
      ports = "5000"
      encryption = "aes-gcm-16-256"
      """;

  private final GroupLab lab = GroupLab.create();

  @AfterEach
  void takeDown() {
    lab.close();
  }

  @Test
  void onlyTheSourceSendsAndReceiversCheckReplay() throws Exception {
    lab.startController("cookie = true\nkey-exchange = 20\n", ONE_SENDER);
    LabProcess source = lab.startMember("sender", "both");
    LabProcess other = lab.startMember("receiver1", "both");
    assertThat(lab.awaitMember("sender", source)).contains(" out ");
    assertThat(lab.awaitMember("receiver1", other)).contains(" in ");

    MulticastReceiver inside = MulticastReceiver.join(lab.host("receiver1"), FLOW);
    Capture wire = Capture.start(lab.lab(), lab.wire(), GroupLab::isGroupTraffic);
    Traffic.send(lab.host("sender"), FLOW, 0, 10, Duration.ofMillis(5));
    assertThat(inside.awaitCount(10, SOON)).hasSize(10);
    assertThat(wire.stop()).hasSize(10).allMatch(CapturedPacket::isEsp);
    Traffic.trySend(lab.host("receiver1"), FLOW, 0, 5, Duration.ZERO);

    JsonNode handedOut = new ObjectMapper().readTree(lab.keysFile().toFile()).get(0);
    for (String name : List.of("sender", "receiver1")) {
      KernelSa sa = KernelView.sas(lab.host(name)).get(0);
      assertThat(sa.aead().orElseThrow().name()).isEqualTo("rfc4106(gcm(aes))");
      assertThat(sa.aead().orElseThrow().key()).isEqualTo(handedOut.get("encryptionKey").asText());
      assertThat(sa.aead().orElseThrow().icvBits()).isEqualTo(128);
    }
    assertThat(KernelView.sas(lab.host("receiver1")).get(0).text()).contains("replay_window 64");
    assertThat(KernelView.policies(lab.host("receiver1"))).contains("dir out action block");
  }
}
