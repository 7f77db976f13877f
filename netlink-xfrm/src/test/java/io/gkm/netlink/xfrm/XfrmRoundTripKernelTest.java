package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.NetworkNamespace;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of object both ways: added by us it is what {@code ip xfrm} adds with these words and
 * what it shows; added by {@code ip xfrm} it is what we read.
 */
@Tag("kernel")
@Tag("newer-kernel")
class XfrmRoundTripKernelTest {
  private static final InetAddress SOURCE = address("10.0.0.1");
  private static final InetAddress GROUP = address("239.1.1.1");
  private static final InetAddress SOURCE6 = address("2001:db8::1");
  private static final InetAddress GROUP6 = address("ff15::1:1");
  private static final String ID = "src 10.0.0.1 dst 239.1.1.1 proto esp spi 0x01020304 ";
  private static final String ID6 = "src 2001:db8::1 dst ff15::1:1 proto esp spi 0x01020304 ";
  private static final String GCM =
      " aead rfc4106(gcm(aes)) 0x0102030405060708090a0b0c0d0e0f1011121314 128";

  private TestNamespace namespace;
  private XfrmClient client;

  @BeforeEach
  void open() throws Exception {
    namespace = TestNamespace.make("round");
    client = XfrmClient.open(NetworkNamespace.of(namespace.name()));
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    namespace.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sas")
  void sa(String words, XfrmSa sa) throws Exception {
    client.addSa(sa);
    XfrmSa ours = client.getSa(sa.id()).orElseThrow();
    String text = namespace.ip("xfrm", "state");
    client.flushSas(0);
    namespace.ip(("xfrm state add " + words).split(" +"));
    XfrmSa theirs = client.getSa(sa.id()).orElseThrow();
    assertThat(namespace.ip("xfrm", "state")).isEqualTo(text);
    assertThat(timeless(ours)).isEqualTo(timeless(theirs));
    assertThat(ours.id()).isEqualTo(sa.id());
    assertThat(ours.source()).isEqualTo(sa.source());
    assertThat(ours.mode()).isEqualTo(sa.mode());
    assertThat(ours.reqid()).isEqualTo(sa.reqid());
    assertThat(ours.flags()).isEqualTo(sa.flags());
    assertThat(ours.lifetime()).isEqualTo(sa.lifetime());
    assertThat(ours.selector()).isEqualTo(sa.selector());
    assertThat(ours.replay()).isEqualTo(sa.replay());
    for (XfrmAttribute attribute : sa.attributes().all()) {
      if (!(attribute instanceof XfrmReplayEsn)) {
        assertThat(ours.attributes().all()).contains(attribute);
      }
    }
  }

  static Stream<Arguments> sas() {
    XfrmAuthTrunc sha256 = new XfrmAuthTrunc("hmac(sha256)", key(32), 128);
    String auth = " auth-trunc hmac(sha256) 0x" + hex(32) + " 128";
    return Stream.of(
        of(ID + "reqid 7" + GCM, gcm().reqid(7)),
        of(ID6 + "mode transport" + GCM, gcm6()),
        of(ID + "mode tunnel" + GCM, gcm().mode(XfrmMode.TUNNEL)),
        of(ID6 + "mode tunnel" + GCM, gcm6().mode(XfrmMode.TUNNEL)),
        of(
            ID + "mode beet sel src 10.1.0.0/16 dst 239.0.0.0/8" + GCM,
            gcm().mode(XfrmMode.BEET).selector(net())),
        of(
            ID + "mode transport" + auth + " enc cbc(aes) 0x" + hex(16),
            sa().authentication(sha256).encryption(new XfrmEncryption("cbc(aes)", key(16)))),
        of(
            ID.replace("esp", "ah") + "mode transport" + auth,
            sa().protocol(XfrmProtocol.AH).authentication(sha256)),
        of(
            ID.replace("esp spi 0x01020304", "comp spi 0x00001234") + "mode transport comp deflate",
            XfrmSa.builder(SOURCE, GROUP, 0x1234)
                .protocol(XfrmProtocol.COMP)
                .attribute(new XfrmCompression("deflate", XfrmKey.copyOf(new byte[0])))),
        of(ID + "mode transport mark 0x5 mask 0xff" + GCM, gcm().mark(new XfrmMark(5, 255))),
        of(
            ID + "mode transport output-mark 0x7 mask 0xf" + GCM,
            gcm().outputMark(new XfrmMark(7, 15))),
        of(ID + "mode transport if_id 0x2a" + GCM, gcm().interfaceId(42)),
        of(
            ID + "mode transport encap espinudp 4500 4501 0.0.0.0" + GCM,
            gcm().attribute(new XfrmEncap(2, 4500, 4501, address("0.0.0.0")))),
        of(
            ID + "mode transport replay-window 32 replay-seq 0x9 replay-oseq 0x5" + GCM,
            gcm().replay(new XfrmReplay(32, 5, 9))),
        of(
            ID + "mode transport replay-window 128 replay-seq 0x9 replay-oseq 0x5" + GCM,
            gcm().replay(new XfrmReplay(128, 5, 9))),
        of(
            ID
                + "mode transport flag esn replay-window 64 replay-seq-hi 0x1 replay-seq 0x9"
                + " replay-oseq-hi 0x2 replay-oseq 0x5"
                + GCM,
            gcm().flags(XfrmSaFlags.ESN).replay(new XfrmReplay(64, 0x200000005L, 0x100000009L))),
        of(
            ID + "mode transport flag noecn decap-dscp nopmtudisc icmp align4" + GCM,
            gcm()
                .flags(
                    XfrmSaFlags.NO_ECN
                        | XfrmSaFlags.DECAP_DSCP
                        | XfrmSaFlags.NO_PMTU_DISCOVERY
                        | XfrmSaFlags.ICMP
                        | XfrmSaFlags.ALIGN4)),
        of(
            ID + "mode tunnel extra-flag dont-encap-dscp oseq-may-wrap" + GCM,
            gcm().mode(XfrmMode.TUNNEL).extraFlags(3)),
        of(
            ID
                + "mode transport"
                + GCM
                + " limit byte-soft 1000 limit byte-hard 2000 limit packet-soft 300"
                + " limit packet-hard 400 limit time-soft 500 limit time-hard 600"
                + " limit time-use-soft 700 limit time-use-hard 800",
            gcm().lifetime(new XfrmLifetime(1000, 2000, 300, 400, 500, 600, 700, 800))),
        of(
            ID
                + "mode transport sel src 10.1.0.0/16 dst 239.0.0.0/8 proto udp sport 4000 dport"
                + " 5000"
                + GCM,
            gcm().selector(net().with(17, 4000, 0xffff, 5000, 0xffff))),
        of(
            ID + "mode transport sel src 10.1.0.0/16 dst 239.0.0.0/8 dev lo" + GCM,
            gcm().selector(net().on(1))));
  }

  /** Without what differs between two that were added one after the other. */
  private static XfrmSa timeless(XfrmSa sa) {
    XfrmSaInfo i = sa.info();
    return new XfrmSa(
        new XfrmSaInfo(
            i.selector(),
            i.source(),
            i.destination(),
            i.spi(),
            i.protocol(),
            i.lifetime(),
            XfrmUsage.NONE,
            i.errors(),
            i.sequence(),
            i.reqid(),
            i.mode(),
            i.replayWindow(),
            i.flags()),
        sa.attributes().without(XfrmAttributeType.LASTUSED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void policy(String words, XfrmPolicy policy) throws Exception {
    client.addPolicy(policy);
    XfrmPolicy ours = client.getPolicy(policy.id()).orElseThrow();
    String text = namespace.ip("xfrm", "policy");
    client.flushPolicies();
    namespace.ip(("xfrm policy add " + words).split(" +"));
    XfrmPolicy theirs = client.getPolicy(policy.id()).orElseThrow();
    assertThat(namespace.ip("xfrm", "policy")).isEqualTo(text);
    assertThat(theirs.id()).isEqualTo(ours.id()).isEqualTo(policy.id());
    assertThat(theirs.templates()).isEqualTo(ours.templates()).isEqualTo(policy.templates());
    assertThat(theirs.priority()).isEqualTo(ours.priority()).isEqualTo(policy.priority());
    assertThat(theirs.flags()).isEqualTo(ours.flags()).isEqualTo(policy.flags());
    assertThat(theirs.action()).isEqualTo(ours.action()).isEqualTo(policy.action());
    assertThat(theirs.lifetime()).isEqualTo(ours.lifetime()).isEqualTo(policy.lifetime());
    assertThat(theirs.attributes()).isEqualTo(ours.attributes());
  }

  static Stream<Arguments> policies() {
    String sel = "src 10.1.0.0/16 dst 239.0.0.0/8 ";
    String tmpl = " tmpl src 10.0.0.1 dst 239.1.1.1 proto esp reqid 7 mode ";
    XfrmPolicyId out = XfrmPolicyId.of(net(), XfrmDirection.OUT);
    XfrmTemplate transport = XfrmTemplate.esp(SOURCE, GROUP, 7);
    XfrmTemplate[] six = new XfrmTemplate[6];
    Arrays.fill(six, template(7, XfrmMode.TUNNEL, false));
    return Stream.of(
        of(sel + "dir out priority 5" + tmpl + "transport", XfrmPolicy.protect(out, 5, transport)),
        of(
            sel + "dir in" + tmpl + "transport",
            XfrmPolicy.protect(XfrmPolicyId.of(net(), XfrmDirection.IN), 0, transport)),
        of(
            sel + "dir fwd" + tmpl + "tunnel level use",
            XfrmPolicy.protect(
                XfrmPolicyId.of(net(), XfrmDirection.FWD), 0, template(7, XfrmMode.TUNNEL, true))),
        of(sel + "dir out action block priority 9", XfrmPolicy.block(out, 9)),
        of(sel + "dir out action allow", XfrmPolicy.bypass(out, 0)),
        of(sel + "dir out" + (tmpl + "tunnel").repeat(6), XfrmPolicy.protect(out, 0, six)),
        of(
            sel + "dir out flag localok icmp" + tmpl + "transport",
            XfrmPolicy.protect(out, 0, transport).withFlags(3)),
        of(
            sel + "dir out mark 0x5 mask 0xff" + tmpl + "transport",
            XfrmPolicy.protect(
                XfrmPolicyId.of(
                    net(), XfrmDirection.OUT, new XfrmMark(5, 255), OptionalInt.empty()),
                0,
                transport)),
        of(
            sel + "dir out if_id 0x2a" + tmpl + "transport",
            XfrmPolicy.protect(
                XfrmPolicyId.of(net(), XfrmDirection.OUT, XfrmMark.NONE, OptionalInt.of(42)),
                0,
                transport)),
        of(
            sel + "dir out index 65537" + tmpl + "transport",
            XfrmPolicy.protect(out, 0, transport).withIndex(65537)),
        of(
            "src 10.1.0.0/16 dst 239.0.0.0/8 proto udp sport 4000 dport 5000 dir out"
                + tmpl
                + "transport",
            XfrmPolicy.protect(
                XfrmPolicyId.of(net().with(17, 4000, 0xffff, 5000, 0xffff), XfrmDirection.OUT),
                0,
                transport)),
        of(
            "src 2001:db8::/32 dst ff15::/16 dir out action block",
            XfrmPolicy.block(
                XfrmPolicyId.of(
                    XfrmSelector.of(address("2001:db8::"), 32, address("ff15::"), 16),
                    XfrmDirection.OUT),
                0)),
        of(
            sel + "dir out limit time-soft 500 limit time-hard 600" + tmpl + "transport",
            XfrmPolicy.protect(out, 0, transport).withLifetime(XfrmLifetime.ofSeconds(500, 600))));
  }

  private static XfrmTemplate template(int reqid, int mode, boolean optional) {
    return new XfrmTemplate(SOURCE, GROUP, 0, XfrmProtocol.ESP, reqid, mode, optional);
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void defaultPolicy(String words, XfrmDefaults defaults) throws Exception {
    namespace.ip(("xfrm policy setdefault " + words).split(" +"));
    assertThat(client.defaults()).isEqualTo(defaults);
    client.setDefaults(
        new XfrmDefaults(
            XfrmDefaults.Verdict.BLOCK, XfrmDefaults.Verdict.BLOCK, XfrmDefaults.Verdict.BLOCK));
    String text = namespace.ip("xfrm", "policy", "getdefault");
    for (String direction : List.of("in", "fwd", "out")) {
      assertThat(text).containsPattern(direction + ":\\s+block");
    }
  }

  static Stream<Arguments> defaults() {
    XfrmDefaults.Verdict block = XfrmDefaults.Verdict.BLOCK;
    XfrmDefaults.Verdict accept = XfrmDefaults.Verdict.ACCEPT;
    return Stream.of(
        Arguments.of("in block", new XfrmDefaults(block, accept, accept)),
        Arguments.of("fwd block", new XfrmDefaults(accept, block, accept)),
        Arguments.of("out block", new XfrmDefaults(accept, accept, block)));
  }

  private static Arguments of(String words, XfrmSaBuilder sa) {
    return Arguments.of(words, sa.build());
  }

  private static Arguments of(String words, XfrmPolicy policy) {
    return Arguments.of(words, policy);
  }

  private static XfrmSelector net() {
    return XfrmSelector.of(address("10.1.0.0"), 16, address("239.0.0.0"), 8);
  }

  private static XfrmSaBuilder sa() {
    return XfrmSa.builder(SOURCE, GROUP, 0x01020304);
  }

  private static XfrmSaBuilder gcm() {
    return aead(sa());
  }

  private static XfrmSaBuilder gcm6() {
    return aead(XfrmSa.builder(SOURCE6, GROUP6, 0x01020304));
  }

  private static XfrmSaBuilder aead(XfrmSaBuilder sa) {
    return sa.aead(new XfrmAead("rfc4106(gcm(aes))", key(20), 128));
  }

  private static String hex(int octets) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= octets; i++) {
      text.append(String.format("%02x", i));
    }
    return text.toString();
  }

  private static XfrmKey key(int octets) {
    byte[] bytes = new byte[octets];
    for (int i = 0; i < octets; i++) {
      bytes[i] = (byte) (i + 1);
    }
    return XfrmKey.copyOf(bytes);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(text, e);
    }
  }

  /** Nothing of an SA is lost on the way, whatever its kind. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("sas")
  void saSentBackAsRead(String words, XfrmSa sa) throws Exception {
    namespace.ip(("xfrm state add " + words).split(" +"));
    String text = namespace.ip("xfrm", "state");
    XfrmSa read = client.getSa(sa.id()).orElseThrow();
    client.flushSas(0);
    client.addSa(read);
    assertThat(namespace.ip("xfrm", "state")).isEqualTo(text);
    Optional<XfrmSa> again = client.getSa(sa.id());
    assertThat(again.map(XfrmRoundTripKernelTest::timeless)).contains(timeless(read));
  }
}
