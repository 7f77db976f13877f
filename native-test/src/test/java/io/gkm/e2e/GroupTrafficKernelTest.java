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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The main job: hosts join a group over real sockets, and from then on the kernel protects their
 * multicast. One network for all tests of the class; the last one takes the members down.
 */
@Tag("kernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GroupTrafficKernelTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final DatagramFlow FLOW = DatagramFlow.to("239.1.1.1", 5000, "group secret");

  private GroupLab lab;
  private LabProcess controller;
  private final Map<String, LabProcess> members = new LinkedHashMap<>();

  @BeforeAll
  void everybodyRegisters() {
    lab = GroupLab.create();
    controller = lab.startController(GroupLab.POLICY);
    members.put("sender", lab.startMember("sender", "sender"));
    members.put("receiver1", lab.startMember("receiver1", "receiver"));
    members.put("receiver2", lab.startMember("receiver2", "both"));
    members.forEach(lab::awaitMember);
  }

  @AfterAll
  void takeDown() {
    lab.close();
  }

  @Test
  @Order(1)
  void bothReceiversReadTheSenderAndTheWireShowsOnlyEsp() throws Exception {
    MulticastReceiver first = MulticastReceiver.join(lab.host("receiver1"), FLOW);
    MulticastReceiver second = MulticastReceiver.join(lab.host("receiver2"), FLOW);
    MulticastReceiver outside = MulticastReceiver.join(lab.host("outsider"), FLOW);
    Capture wire = Capture.start(lab.lab(), lab.wire(), GroupLab::isGroupTraffic);

    Traffic.send(lab.host("sender"), FLOW, 0, 20, Duration.ofMillis(5));

    assertThat(first.awaitCount(20, SOON)).hasSize(20);
    assertThat(second.awaitCount(20, SOON)).hasSize(20);
    assertThat(first.sequences("group secret")).hasSize(20).doesNotHaveDuplicates();
    assertThat(outside.received()).isEmpty();
    List<CapturedPacket> packets = wire.stop();
    assertThat(packets).hasSize(20).allMatch(CapturedPacket::isEsp);
    assertThat(packets).allMatch(p -> p.espSpi() == spi());
    assertThat(packets).noneMatch(p -> p.shows("group secret"));
  }

  @Test
  @Order(2)
  void plaintextThatAnOutsiderInjectsIsNotDelivered() {
    MulticastReceiver first = MulticastReceiver.join(lab.host("receiver1"), FLOW);
    MulticastReceiver second = MulticastReceiver.join(lab.host("receiver2"), FLOW);
    Capture wire = Capture.start(lab.lab(), lab.wire(), GroupLab::isGroupTraffic);

    Traffic.send(lab.host("outsider"), FLOW.withMarker("forged"), 5);
    wire.awaitPacket(p -> p.shows("forged 4"), SOON);
    Traffic.send(lab.host("sender"), FLOW.withMarker("genuine"), 1);

    first.awaitDatagram(d -> d.marker().equals("genuine"), SOON);
    second.awaitDatagram(d -> d.marker().equals("genuine"), SOON);
    assertThat(first.sequences("forged")).isEmpty();
    assertThat(second.sequences("forged")).isEmpty();
    wire.stop();
  }

  @Test
  @Order(3)
  void kernelsHoldWhatTheKeyServerHandedOutOctetForOctet() throws Exception {
    JsonNode handedOut = handedOut();
    for (String name : members.keySet()) {
      List<KernelSa> sas = KernelView.sas(lab.host(name));
      assertThat(sas).as(name).hasSize(1);
      KernelSa sa = sas.get(0);
      assertThat(sa.destination()).isEqualTo(handedOut.get("destination").asText());
      assertThat(sa.spi()).isEqualTo(spi());
      assertThat(sa.mode()).isEqualTo("transport");
      assertThat(sa.replayWindow()).isZero();
      assertThat(sa.encryption().orElseThrow().name()).isEqualTo("cbc(aes)");
      assertThat(sa.encryption().orElseThrow().key()).isEqualTo(text(handedOut, "encryptionKey"));
      assertThat(sa.integrity().orElseThrow().name()).isEqualTo("hmac(sha256)");
      assertThat(sa.integrity().orElseThrow().key()).isEqualTo(text(handedOut, "integrityKey"));
      assertThat(sa.integrity().orElseThrow().icvBits()).isEqualTo(128);
      assertThat(sa.text()).contains("hard ").doesNotContain("hard (INF)(sec)");
    }
  }

  @Test
  @Order(4)
  void rolesDecideWhichDirectionIsOpen() {
    assertThat(Traffic.trySend(lab.host("receiver1"), FLOW, 0, 1, Duration.ZERO)).isZero();
    String receiver = KernelView.policies(lab.host("receiver1"));
    assertThat(receiver)
        .contains("dir out action block")
        .containsPattern("dir in action allow index \\d+ priority 26444");
    String sender = KernelView.policies(lab.host("sender"));
    assertThat(sender)
        .contains("dir in action block")
        .containsPattern("dir out action allow index \\d+ priority 26444");
    String both = KernelView.policies(lab.host("receiver2"));
    assertThat(both).doesNotContain("block");
  }

  @Test
  @Order(5)
  void statusShowsTheGroup() throws Exception {
    assertThat(lab.status("sender").orThrow().stdout())
        .contains("controller hq (10.9.0.1): established")
        .contains("group video (key-id:video)")
        .contains(String.format("0x%08x", spi()))
        .contains("ENCR_AES_CBC-256");
    JsonNode json = new ObjectMapper().readTree(lab.status("sender", "--json").orThrow().stdout());
    JsonNode sa = json.get("controllers").get(0).get("groups").get(0).get("sas").get(0);
    assertThat(sa.get("direction").asText()).isEqualTo("out");
    assertThat(sa.get("kernel").get("packets").asLong()).isPositive();
    assertThat(json.toString()).doesNotContain(text(handedOut(), "encryptionKey"));
  }

  @Test
  @Order(6)
  void stoppingLeavesTheGroupAndItsTrafficBlockedUntilCleaned() {
    lab.host("sender").ip("xfrm policy add dst 10.77.0.0/16 dir out action block priority 9");
    for (LabProcess member : members.values()) {
      member.terminate();
      assertThat(member.awaitExit(GroupLab.PATIENCE)).isZero();
    }
    for (String name : members.keySet()) {
      controller.awaitLine("fqdn:" + name + ".example left group", GroupLab.PATIENCE);
      assertThat(KernelView.sas(lab.host(name))).isEmpty();
      assertThat(KernelView.policies(lab.host(name))).contains("239.1.1.1").doesNotContain("tmpl");
      assertThat(Traffic.trySend(lab.host(name), FLOW, 0, 1, Duration.ZERO)).isZero();
      assertThat(lab.gkm(name, "clean").orThrow().stdout()).contains("delete policy out");
      assertThat(KernelView.policies(lab.host(name))).doesNotContain("239.1.1.1");
      assertThat(Traffic.trySend(lab.host(name), FLOW, 0, 1, Duration.ZERO)).isEqualTo(1);
    }
    assertThat(KernelView.policies(lab.host("sender"))).contains("10.77.0.0/16");
  }

  private JsonNode handedOut() throws Exception {
    return new ObjectMapper().readTree(lab.keysFile().toFile()).get(0);
  }

  private long spi() {
    try {
      return Long.parseLong(text(handedOut(), "spi"), 16);
    } catch (Exception e) {
      throw new IllegalStateException("the key server's file cannot be read", e);
    }
  }

  private static String text(JsonNode json, String field) {
    return json.get(field).asText();
  }
}
