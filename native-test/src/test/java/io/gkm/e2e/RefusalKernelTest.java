package io.gkm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.lab.GroupLab;
import io.gkm.lab.KernelView;
import io.gkm.lab.LabProcess;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What keeps a host out of a group has its own words, installs nothing and leaves the guards. */
@Tag("kernel")
class RefusalKernelTest {
  private final GroupLab lab = GroupLab.create();

  @AfterEach
  void takeDown() {
    lab.close();
  }

  @Test
  void wrongKeyUnknownGroupClosedGroupAndRefusedPolicy() {
    LabProcess controller = lab.startController(GroupLab.POLICY);
    lab.wrongPsk("sender");
    LabProcess wrongKey = lab.startMember("sender", "both");
    LabProcess unknown = lab.startMember("receiver1", "receiver", "key-id:other", GroupLab.FLOW);
    LabProcess elsewhere =
        lab.startMember(
            "receiver2", "receiver", "key-id:video", "0.0.0.0/0 -> 239.1.1.1/32 udp/6000");
    LabProcess closed = lab.startMember("outsider", "receiver", "key-id:closed", GroupLab.FLOW);

    wrongKey.awaitLine("does not accept this host's identity or credential", GroupLab.PATIENCE);
    unknown.awaitLine("the key server knows no such group", GroupLab.PATIENCE);
    elsewhere.awaitLine("the key server's policy is refused: .*allow", GroupLab.PATIENCE);
    closed.awaitLine("the key server does not let this host into it", GroupLab.PATIENCE);
    controller.awaitLine(
        "fqdn:receiver2.example left group key-id:video .NO_PROPOSAL_CHOSEN", GroupLab.PATIENCE);

    for (String name : List.of("sender", "receiver1", "receiver2", "outsider")) {
      assertThat(KernelView.sas(lab.host(name))).as(name).isEmpty();
      assertThat(KernelView.policies(lab.host(name)))
          .contains("dir in action block")
          .contains("dir out action block")
          .doesNotContain("tmpl");
      assertThat(lab.status(name).exit()).as(name).isEqualTo(1);
    }
    for (LabProcess member : List.of(wrongKey, unknown, elsewhere, closed)) {
      assertThat(member.isAlive()).isTrue();
      member.terminate();
      assertThat(member.awaitExit(GroupLab.PATIENCE)).isZero();
    }
  }
}
