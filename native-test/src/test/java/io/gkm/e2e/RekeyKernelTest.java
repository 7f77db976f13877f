package io.gkm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gkm.lab.DatagramFlow;
import io.gkm.lab.ExecResult;
import io.gkm.lab.GroupLab;
import io.gkm.lab.KernelSa;
import io.gkm.lab.KernelView;
import java.time.Instant;
import java.util.List;
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
  private static final String POLICY =
      RekeyedTraffic.policy(
          "239.1.1.1",
          "aes-cbc-256",
          """
          address = "239.255.0.1"
          port = 848
          signature = "ed25519"
          """);

  private final GroupLab lab = GroupLab.create();

  @AfterEach
  void takeDown() {
    lab.close();
  }

  @Test
  void trafficRunsThroughFiveRekeysWithoutLossAndNeverInClear() throws Exception {
    lab.startController(POLICY);
    RekeyedTraffic.loseNothingAndShowNothing(lab, FLOW);
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
    assertThat(group.get("rekey").get("accepted").asInt())
        .isGreaterThanOrEqualTo(RekeyedTraffic.REKEYS);
  }
}
