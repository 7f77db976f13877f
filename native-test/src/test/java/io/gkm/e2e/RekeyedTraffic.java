package io.gkm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.lab.Capture;
import io.gkm.lab.CapturedPacket;
import io.gkm.lab.DatagramFlow;
import io.gkm.lab.GroupLab;
import io.gkm.lab.LabProcess;
import io.gkm.lab.MulticastReceiver;
import io.gkm.lab.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Traffic of a sender that runs while the key server rekeys the group by multicast. */
final class RekeyedTraffic {
  static final int REKEYS = 5;

  private static final int INTERVAL_SECONDS = 4;

  private RekeyedTraffic() {}

  /**
   * The group's policy, AES-CBC with HMAC-SHA2, rekeyed every few seconds.
   *
   * @param group of the traffic
   * @param encryption such as {@code aes-cbc-256}
   * @param rekey where rekeys go, and more lines of {@code [group.video.rekey]}
   */
  static String policy(String group, String encryption, String rekey) {
    return """
        lifetime = 60
        atd = 1
        dtd = 2
        [[group.video.sa]]
        destination = "%s"
        protocol = "udp"
        ports = "5000"
        encryption = "%s"
        integrity = "hmac-sha2-256"
        [group.video.rekey]
        %s
        lifetime = 24
        interval = %d
        copies = 3
        copy-interval = 200
        """
        .formatted(group, encryption, rekey, INTERVAL_SECONDS);
  }

  /**
   * Sends through at least {@link #REKEYS} rekeys: both receivers get every datagram once, an
   * outsider none, the wire shows only ESP, with new SAs again and again, and nobody registers
   * twice.
   */
  static void loseNothingAndShowNothing(GroupLab lab, DatagramFlow flow) {
    Map<String, LabProcess> members = new LinkedHashMap<>();
    for (String name : List.of("receiver1", "receiver2", "sender")) {
      members.put(name, lab.startMember(name, name.equals("sender") ? "sender" : "receiver"));
    }
    members.forEach(lab::awaitMember);
    MulticastReceiver first = MulticastReceiver.join(lab.host("receiver1"), flow);
    MulticastReceiver second = MulticastReceiver.join(lab.host("receiver2"), flow);
    MulticastReceiver outside = MulticastReceiver.join(lab.host("outsider"), flow);
    String group = flow.destination().getHostAddress();
    Capture wire = Capture.start(lab.lab(), lab.wire(), GroupLab.isTrafficTo(group));

    int sent = 0;
    Instant end = Instant.now().plusSeconds((REKEYS + 1L) * INTERVAL_SECONDS);
    while (Instant.now().isBefore(end)) {
      Traffic.send(lab.host("sender"), flow, sent, 100, Duration.ofMillis(2));
      sent += 100;
    }

    first.awaitCount(sent, GroupLab.PATIENCE);
    second.awaitCount(sent, GroupLab.PATIENCE);
    assertThat(first.sequences(flow.marker())).hasSize(sent).doesNotHaveDuplicates();
    assertThat(second.sequences(flow.marker())).hasSize(sent).doesNotHaveDuplicates();
    assertThat(outside.received()).isEmpty();
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
  }
}
