package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetworkNamespace;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The client against a real kernel, in a namespace of its own, with ip-xfrm as a witness. */
@Tag("kernel")
@Tag("newer-kernel")
class XfrmClientKernelTest {
  private static final String NAME = "gkm-xfrm-" + ProcessHandle.current().pid();
  private static final int SPI = 0xc0ffee01;

  private XfrmClient client;

  @BeforeEach
  void open() throws Exception {
    run("ip", "netns", "add", NAME);
    client = XfrmClient.open(NetworkNamespace.of(NAME));
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    run("ip", "netns", "del", NAME);
  }

  @Test
  void aeadSaIsWhatIpXfrmShowsAndWhatWeReadBack() throws Exception {
    XfrmSa sa =
        base()
            .aead(new XfrmAead("rfc4106(gcm(aes))", key(36), 128))
            .lifetime(XfrmLifetime.ofSeconds(100, 200))
            .selector(
                XfrmSelector.of(address("0.0.0.0"), 0, address("239.1.1.1"), 32)
                    .with(17, 0, 0, 5000, 0xffff))
            .build();
    client.addSa(sa);
    String text = run("ip", "-n", NAME, "-s", "xfrm", "state");
    assertThat(text)
        .contains("src 0.0.0.0 dst 239.1.1.1")
        .contains("spi 0xc0ffee01")
        .contains("reqid 1733963777(0x675a3001)")
        .contains("mode transport")
        .contains("aead rfc4106(gcm(aes)) 0x" + "000102030405060708090a0b0c0d0e0f")
        .contains(" 128")
        .contains("dport 5000")
        .contains("expire add: soft 100(sec), hard 200(sec)");
    XfrmSa read = client.getSa(sa.id()).orElseThrow();
    assertThat(read.aead()).isEqualTo(sa.aead());
    assertThat(read.selector()).isEqualTo(sa.selector());
    assertThat(read.reqid()).isEqualTo(sa.reqid());
    assertThat(read.lifetime()).isEqualTo(sa.lifetime());
    assertThat(client.dumpSas()).extracting(XfrmSa::id).containsExactly(sa.id());
  }

  @Test
  void encryptionWithIntegrityReplayMarkAndInterface() throws Exception {
    XfrmSa sa =
        base()
            .encryption(new XfrmEncryption("cbc(aes)", key(32)))
            .authentication(new XfrmAuthTrunc("hmac(sha256)", key(32), 128))
            .replay(XfrmReplay.window(128))
            .mark(new XfrmMark(5, 0xff))
            .outputMark(new XfrmMark(7, 0xf))
            .interfaceId(42)
            .build();
    client.addSa(sa);
    assertThat(run("ip", "-n", NAME, "xfrm", "state"))
        .contains("auth-trunc hmac(sha256)")
        .contains(" 128")
        .contains("enc cbc(aes)")
        .contains("mark 0x5/0xff")
        .contains("if_id 0x2a");
    XfrmSa read = client.getSa(sa.id()).orElseThrow();
    assertThat(read.encryption()).isEqualTo(sa.encryption());
    assertThat(read.authentication()).isEqualTo(sa.authentication());
    assertThat(read.replay().window()).isEqualTo(128);
    assertThat(read.id().mark()).isEqualTo(sa.id().mark());
    assertThat(read.outputMark()).isEqualTo(sa.outputMark());
    assertThat(read.interfaceId()).isEqualTo(sa.interfaceId());
  }

  @Test
  void saIsUpdatedDeletedAndFlushed() throws Exception {
    XfrmSa sa = base().aead(new XfrmAead("rfc4106(gcm(aes))", key(20), 128)).build();
    client.addSa(sa);
    client.updateSa(sa.toBuilder().lifetime(XfrmLifetime.ofSeconds(0, 500)).build());
    assertThat(client.getSa(sa.id()).orElseThrow().lifetime().hardAddSeconds()).isEqualTo(500);
    client.deleteSa(sa.id());
    assertThat(client.getSa(sa.id())).isEmpty();
    client.addSa(sa);
    client.flushSas(XfrmProtocol.ESP);
    assertThat(client.dumpSas()).isEmpty();
  }

  @Test
  void refusalsNameOperationObjectErrorAndAttribute() throws Exception {
    XfrmSa sa = base().aead(new XfrmAead("rfc4106(gcm(aes))", key(20), 128)).build();
    client.addSa(sa);
    assertThatThrownBy(() -> client.addSa(sa))
        .isInstanceOfSatisfying(
            XfrmException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST))
        .hasMessageContaining("add SA src 0.0.0.0 dst 239.1.1.1 proto esp spi 0xc0ffee01: EEXIST");
    XfrmSaId other = XfrmSaId.of(address("239.9.9.9"), SPI, XfrmProtocol.ESP);
    assertThatThrownBy(() -> client.deleteSa(other)).hasMessageContaining("ESRCH");
    assertThatThrownBy(
            () -> client.addSa(base().aead(new XfrmAead("no(such)", key(20), 128)).build()))
        .isInstanceOf(XfrmException.class)
        .hasMessageNotContaining("00010203");
    XfrmPolicyId missing =
        XfrmPolicyId.of(
            XfrmSelector.of(address("10.0.0.0"), 8, address("239.1.1.1"), 32), XfrmDirection.OUT);
    assertThatThrownBy(() -> client.deletePolicy(missing)).hasMessageContaining("ENOENT");
  }

  @Test
  void policiesAreWhatIpXfrmShowsAndWhatWeReadBack() throws Exception {
    XfrmSelector selector =
        XfrmSelector.of(address("10.1.0.0"), 16, address("239.1.1.1"), 32)
            .with(17, 4000, 0xfff0, 5000, 0xffff);
    XfrmPolicyId id = XfrmPolicyId.of(selector, XfrmDirection.OUT);
    client.addPolicy(XfrmPolicy.block(id, 26445));
    assertThat(run("ip", "-n", NAME, "xfrm", "policy"))
        .contains("src 10.1.0.0/16 dst 239.1.1.1/32 proto udp")
        .contains("dport 5000")
        .contains("dir out action block priority 26445");
    XfrmPolicy protect =
        XfrmPolicy.protect(
            id, 26444, XfrmTemplate.esp(address("0.0.0.0"), address("239.1.1.1"), 77));
    client.updatePolicy(protect);
    assertThat(run("ip", "-n", NAME, "xfrm", "policy"))
        .contains("dir out priority 26444")
        .contains("tmpl src 0.0.0.0 dst 239.1.1.1")
        .contains("proto esp reqid 77 mode transport")
        .doesNotContain("block");
    XfrmPolicy read = client.getPolicy(id).orElseThrow();
    assertThat(read.templates()).isEqualTo(protect.templates());
    assertThat(read.id()).isEqualTo(id);
    assertThat(client.dumpPolicies()).extracting(XfrmPolicy::id).containsExactly(id);
    client.deletePolicy(id);
    assertThat(client.getPolicy(id)).isEmpty();
    client.addPolicy(protect);
    client.flushPolicies();
    assertThat(client.dumpPolicies()).isEmpty();
  }

  @Test
  void batchGoesOnAfterARefusalAndSaysWhichItWas() throws Exception {
    XfrmSelector selector = XfrmSelector.of(address("10.0.0.0"), 8, address("239.1.1.1"), 32);
    XfrmPolicy first = XfrmPolicy.block(XfrmPolicyId.of(selector, XfrmDirection.IN), 1);
    List<XfrmMessage> requests = new ArrayList<>();
    requests.add(new XfrmNewPolicy(first));
    requests.add(new XfrmNewPolicy(first));
    for (int i = 0; i < 300; i++) {
      XfrmSelector many =
          XfrmSelector.of(address("10.0.0.0"), 8, address("239.2." + i / 256 + "." + i % 256), 32);
      requests.add(new XfrmNewPolicy(XfrmPolicy.block(XfrmPolicyId.of(many, XfrmDirection.IN), 1)));
    }
    List<Optional<XfrmException>> results = client.batch(requests);
    assertThat(results).hasSize(302);
    assertThat(results.get(1).orElseThrow().errnoName()).isEqualTo("EEXIST");
    assertThat(results.stream().filter(Optional::isPresent)).hasSize(1);
    assertThat(client.dumpPolicies()).hasSize(301);
  }

  @Test
  void aBatchOfNothingButRefusalsIsAnsweredInFull() throws Exception {
    List<XfrmMessage> requests = new ArrayList<>();
    for (int i = 1; i <= 5000; i++) {
      requests.add(XfrmDeleteSa.of(XfrmSaId.of(address("239.1.1.1"), i, XfrmProtocol.ESP)));
    }
    List<Optional<XfrmException>> results = client.batch(requests);
    assertThat(results).hasSize(5000).allMatch(Optional::isPresent);
    assertThat(results.get(4999).orElseThrow()).hasMessageContaining("spi 0x00001388: ESRCH");
  }

  @Test
  void theKernelPointsAtTheAttributeThatItRefuses() throws Exception {
    XfrmSa wrong =
        base()
            .aead(new XfrmAead("rfc4106(gcm(aes))", key(20), 128))
            .attribute(new XfrmRawAttribute(XfrmAttributeType.IF_ID.number(), new byte[2]))
            .build();
    assertThatThrownBy(() -> client.addSa(wrong))
        .isInstanceOfSatisfying(
            XfrmException.class, e -> assertThat(e.attribute()).contains("XFRMA_IF_ID"));
  }

  @Test
  void eventsTellOfChangesAndExpiry() throws Exception {
    BlockingQueue<XfrmEvent> seen = new LinkedBlockingQueue<>();
    try (XfrmEvents events = XfrmEvents.open(NetworkNamespace.of(NAME), seen::add)) {
      assertThat(events).isNotNull();
      XfrmSa sa =
          base()
              .aead(new XfrmAead("rfc4106(gcm(aes))", key(20), 128))
              .lifetime(XfrmLifetime.ofSeconds(0, 1))
              .build();
      client.addSa(sa);
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isInstanceOf(XfrmNewSa.class);
      XfrmEvent expired = seen.poll(20, TimeUnit.SECONDS);
      while (!(expired instanceof XfrmExpire)) {
        expired = seen.poll(20, TimeUnit.SECONDS);
      }
      assertThat(expired)
          .isInstanceOfSatisfying(
              XfrmExpire.class,
              e -> {
                assertThat(e.hard()).isTrue();
                assertThat(e.sa().id()).isEqualTo(sa.id());
                assertThat(e.sa().reqid()).isEqualTo(sa.reqid());
              });
    }
  }

  private static XfrmSaBuilder base() throws Exception {
    return XfrmSa.builder(address("0.0.0.0"), address("239.1.1.1"), SPI).reqid(0x675a3001);
  }

  private static XfrmKey key(int octets) {
    byte[] bytes = new byte[octets];
    for (int i = 0; i < octets; i++) {
      bytes[i] = (byte) i;
    }
    return XfrmKey.copyOf(bytes);
  }

  private static InetAddress address(String text) throws Exception {
    return InetAddress.getByName(text);
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Arrays.toString(command) + ": " + output).isZero();
    return output;
  }
}
