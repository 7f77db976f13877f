package io.gkm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.lab.Capture;
import io.gkm.lab.CapturedPacket;
import io.gkm.lab.DatagramFlow;
import io.gkm.lab.GroupLab;
import io.gkm.lab.KernelView;
import io.gkm.lab.LabProcess;
import io.gkm.lab.MulticastReceiver;
import io.gkm.lab.Traffic;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Key server and members that prove themselves by certificates, and impostors. */
@Tag("kernel")
class CertificateKernelTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final DatagramFlow FLOW = DatagramFlow.to("239.1.1.1", 5000, "certified");

  private final GroupLab lab = GroupLab.create();

  @AfterEach
  void takeDown() {
    lab.close();
  }

  @Test
  void membersWithCertificatesShareAGroup() {
    lab.useCertificates();
    lab.certificate("outsider", "somebody.example");
    lab.startController(GroupLab.POLICY);
    LabProcess sender = lab.startMember("sender", "both");
    LabProcess receiver = lab.startMember("receiver1", "receiver");
    LabProcess outsider = lab.startMember("outsider", "receiver");
    assertThat(lab.awaitMember("sender", sender)).contains("in+out");
    assertThat(lab.awaitMember("receiver1", receiver)).contains(" in ");

    MulticastReceiver inside = MulticastReceiver.join(lab.host("receiver1"), FLOW);
    Capture wire = Capture.start(lab.lab(), lab.wire(), GroupLab::isGroupTraffic);
    Traffic.send(lab.host("sender"), FLOW, 0, 10, Duration.ofMillis(5));
    assertThat(inside.awaitCount(10, SOON)).hasSize(10);
    assertThat(wire.stop()).hasSize(10).allMatch(CapturedPacket::isEsp);

    outsider.awaitLine("does not accept this host's identity or credential", GroupLab.PATIENCE);
    assertThat(KernelView.sas(lab.host("outsider"))).isEmpty();
  }

  @Test
  void aKeyServerWithAnotherNameIsRefused() {
    lab.useCertificates();
    lab.certificate("gcks", "receiver2.example");
    lab.startController(GroupLab.POLICY);

    LabProcess member = lab.startMember("sender", "both");

    member.awaitLine("did not prove to be the key server", GroupLab.PATIENCE);
    assertThat(KernelView.sas(lab.host("sender"))).isEmpty();
    assertThat(KernelView.policies(lab.host("sender")))
        .contains("dir out action block")
        .doesNotContain("tmpl");
  }
}
