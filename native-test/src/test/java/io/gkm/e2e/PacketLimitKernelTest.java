package io.gkm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.lab.DatagramFlow;
import io.gkm.lab.GroupLab;
import io.gkm.lab.LabProcess;
import io.gkm.lab.Traffic;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernel counts packets and says when it is time for new keys. */
@Tag("kernel")
class PacketLimitKernelTest {
  private static final DatagramFlow FLOW = DatagramFlow.to("239.1.1.1", 5000, "many");

  private final GroupLab lab = GroupLab.create();

  @AfterEach
  void takeDown() {
    lab.close();
  }

  @Test
  void whoHasSentSoManyPacketsRegistersAgain() {
    lab.useGroupLines("renew-after-packets = 50");
    LabProcess controller = lab.startController(GroupLab.POLICY);
    LabProcess member = lab.startMember("sender", "sender");
    lab.awaitMember("sender", member);

    Traffic.send(lab.host("sender"), FLOW, 0, 40, Duration.ofMillis(2));
    assertThat(member.lines()).noneMatch(line -> line.contains("near their end"));
    int before = controller.mark();
    Traffic.send(lab.host("sender"), FLOW, 40, 20, Duration.ofMillis(2));

    member.awaitLine("has seen so many packets", GroupLab.PATIENCE);
    controller.awaitLine("registered fqdn:sender.example in group", GroupLab.PATIENCE, before);
    // The SA goes on: the key server had no others.
    Traffic.send(lab.host("sender"), FLOW, 60, 20, Duration.ofMillis(2));
    assertThat(lab.status("sender").orThrow().stdout()).contains("registered");
  }
}
