package io.gkm.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.group.DataSa;
import io.gkm.group.DesiredState;
import io.gkm.group.Flow;
import io.gkm.group.GroupState;
import io.gkm.ike.Moment;
import io.gkm.ike.crypto.DataSaKeys;
import io.gkm.ike.crypto.DataSuite;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.TrafficSelector;
import io.gkm.netlink.NetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The data plane against a real kernel, in a namespace of its own, with ip-xfrm as a witness. */
@Tag("kernel")
class XfrmDataPlaneKernelTest {
  private static final String NAME = "gkm-dp-" + ProcessHandle.current().pid();
  private static final Moment NOW = new Moment(0);
  private static final List<Flow> ALLOW = List.of(Flow.parse("0.0.0.0/0 -> 239.1.1.1/32 udp/5000"));

  private DataPlane dataPlane;

  @BeforeEach
  void open() throws Exception {
    run("ip", "netns", "add", NAME);
    run("ip", "-n", NAME, "link", "set", "lo", "up");
    run("ip", "-n", NAME, "link", "add", "eth0", "type", "dummy");
    run("ip", "-n", NAME, "addr", "add", "10.9.0.2/24", "dev", "eth0");
    run("ip", "-n", NAME, "link", "set", "eth0", "up");
    run("ip", "-n", NAME, "route", "add", "224.0.0.0/4", "dev", "eth0");
    dataPlane = XfrmDataPlane.open(NetworkNamespace.of(NAME));
  }

  @AfterEach
  void close() throws Exception {
    dataPlane.close();
    run("ip", "netns", "del", NAME);
  }

  @Test
  void guardsAloneBlockTheGroupAndNothingElse() throws Exception {
    assertThat(send(5000)).isTrue();
    apply(List.of());
    assertThat(policies())
        .contains("dir out action block priority 26445")
        .contains("dir in action block priority 26445")
        .doesNotContain("tmpl");
    assertThat(states()).isEmpty();
    assertThat(send(5000)).isFalse();
    assertThat(send(5001)).isTrue();
  }

  @Test
  void saAndPoliciesComeChangeAndGo() throws Exception {
    apply(List.of());
    DataSa first = sa(0xc0ffee01, true, true, Optional.of(NOW.plus(Duration.ofHours(1))));
    apply(List.of(first));
    assertThat(states())
        .contains("src 0.0.0.0 dst 239.1.1.1")
        .contains("spi 0xc0ffee01")
        .contains("mode transport")
        .contains("auth-trunc hmac(sha256) 0x2021")
        .contains("enc cbc(aes) 0x0001");
    assertThat(policies())
        .contains("dir out priority 26444")
        .contains("dir in priority 26444")
        .doesNotContain("block");
    assertThat(send(5000)).isTrue();
    assertThat(dataPlane.snapshot().sas()).singleElement().extracting("packets").isEqualTo(1L);

    assertThat(applied(List.of(first)).operations()).isEmpty();

    DataSa second = sa(0xc0ffee02, true, true, Optional.empty());
    apply(List.of(second));
    assertThat(states()).contains("0xc0ffee02").doesNotContain("0xc0ffee01");
    apply(List.of());
    assertThat(states()).isEmpty();
    assertThat(policies()).contains("block").doesNotContain("tmpl");
    assertThat(send(5000)).isFalse();
  }

  @Test
  void receiverHasNoPolicyOutwardsAndSenderNoneInwards() throws Exception {
    apply(List.of(sa(0xc0ffee01, true, false, Optional.empty())));
    assertThat(policies())
        .contains("dir in priority 26444")
        .contains("dir out action block priority 26445");
    assertThat(send(5000)).isFalse();
    apply(List.of(sa(0xc0ffee02, false, true, Optional.empty())));
    assertThat(policies())
        .contains("dir out priority 26444")
        .contains("dir in action block priority 26445");
    assertThat(send(5000)).isTrue();
  }

  @Test
  void nothingLeavesAfterTheKernelEndedTheSa() throws Exception {
    apply(List.of(sa(0xc0ffee01, true, true, Optional.of(NOW.plus(Duration.ofSeconds(2))))));
    assertThat(send(5000)).isTrue();
    long sent = transmitted();
    for (int i = 0; i < 100 && !states().isEmpty(); i++) {
      Thread.sleep(100);
    }
    assertThat(states()).isEmpty();
    for (int i = 0; i < 5; i++) {
      send(5000);
    }
    assertThat(transmitted()).isEqualTo(sent);
  }

  @Test
  void whatAKilledRunLeftIsReplacedAndForeignObjectsStay() throws Exception {
    apply(List.of(sa(0xc0ffee01, true, true, Optional.empty())));
    run(
        "ip",
        "-n",
        NAME,
        "xfrm",
        "policy",
        "add",
        "dst",
        "10.1.0.0/16",
        "dir",
        "out",
        "action",
        "block",
        "priority",
        "7");
    try (DataPlane next = XfrmDataPlane.open(NetworkNamespace.of(NAME))) {
      ApplyResult result =
          next.apply(
              new DesiredState(List.of(new GroupState("video", ALLOW, List.of(), List.of()))), NOW);
      assertThat(result.failures()).isEmpty();
      assertThat(states()).isEmpty();
      assertThat(policies()).contains("block priority 26445").contains("10.1.0.0/16");
      next.removeAll();
      assertThat(policies()).contains("10.1.0.0/16").doesNotContain("239.1.1.1");
    }
  }

  @Test
  void oneThatNeverAppliedRemovesNothing() throws Exception {
    apply(List.of(sa(0xc0ffee01, true, true, Optional.empty())));
    String before = policies();
    try (DataPlane other = XfrmDataPlane.open(NetworkNamespace.of(NAME))) {
      other.removeAll();
    }
    assertThat(policies()).isEqualTo(before);
    assertThat(states()).contains("0xc0ffee01");
  }

  @Test
  void aWaitingEntryOfTheKernelIsNotTakenForAnSaOfOurs() throws Exception {
    apply(List.of(sa(0xc0ffee01, true, true, Optional.empty())));
    run("ip", "-n", NAME, "xfrm", "state", "flush");
    // The kernel makes one only when somebody listens for what it asks.
    Process listener = new ProcessBuilder("ip", "-n", NAME, "xfrm", "monitor", "acquire").start();
    try {
      for (int i = 0; i < 100 && states().isEmpty(); i++) {
        send(5000);
        Thread.sleep(50);
      }
    } finally {
      listener.destroy();
    }
    assertThat(states()).contains("spi 0x00000000");
    try (DataPlane next = XfrmDataPlane.open(NetworkNamespace.of(NAME))) {
      DesiredState closed =
          new DesiredState(List.of(new GroupState("video", ALLOW, List.of(), List.of())));
      assertThat(next.apply(closed, NOW).failures()).isEmpty();
      assertThat(next.apply(closed, NOW).operations()).isEmpty();
    }
  }

  private void apply(List<DataSa> sas) {
    assertThat(applied(sas).failures()).isEmpty();
  }

  private ApplyResult applied(List<DataSa> sas) {
    return dataPlane.apply(
        new DesiredState(List.of(new GroupState("video", ALLOW, List.of(), sas))), NOW);
  }

  private static DataSa sa(int spi, boolean in, boolean out, Optional<Moment> expires)
      throws Exception {
    return new DataSa(
        3,
        spi,
        true,
        TrafficSelector.any(false, 17),
        TrafficSelector.single(InetAddress.getByName("239.1.1.1"), 17, 5000, 5000),
        DataSuite.esp(12, 256, 12),
        new DataSaKeys(key(0), key(32)),
        in,
        out,
        out,
        0,
        NOW,
        expires,
        1);
  }

  private static Secret key(int from) {
    byte[] octets = new byte[32];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (from + i);
    }
    return Secret.wrap(octets);
  }

  /** Whether the kernel took a datagram to the group. */
  private static boolean send(int port) throws Exception {
    return NetworkNamespace.of(NAME)
        .call(
            () -> {
              try (DatagramSocket socket = new DatagramSocket()) {
                InetAddress group = InetAddress.getByName("239.1.1.1");
                socket.send(new DatagramPacket(new byte[8], 8, group, port));
                return true;
              } catch (IOException e) {
                return false;
              }
            });
  }

  private static long transmitted() throws Exception {
    String text =
        run("ip", "netns", "exec", NAME, "cat", "/sys/class/net/eth0/statistics/tx_packets");
    return Long.parseLong(text.strip());
  }

  private static String states() throws Exception {
    return run("ip", "-n", NAME, "xfrm", "state", "list", "proto", "esp").strip();
  }

  private static String policies() throws Exception {
    return run("ip", "-n", NAME, "xfrm", "policy");
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Arrays.toString(command) + ": " + output).isZero();
    return output;
  }
}
