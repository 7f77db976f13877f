package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.ScriptedKernel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the client sends is what ip-xfrm sends: header and struct octet for octet, each attribute
 * octet for octet. The order of attributes is of no meaning to the kernel and differs, so they are
 * compared by type; the sequence number and port id differ with every run and are left out.
 *
 * <p>Two more differences, none of meaning to the kernel: given no selector, ip-xfrm leaves its
 * family 0 and the kernel puts the SA's there, which is what we send at once. And ip-xfrm deletes
 * an SA with its source address (XFRMA_SRCADDR), which the kernel does not look at for ESP.
 */
class IpXfrmVectorTest {
  private static final int HEADER = 16;
  private static final int SELECTOR_FAMILY = 40;
  private static final String SOURCE = "10.1.2.3";
  private static final String GROUP = "239.5.6.7";
  private static final String SOURCE6 = "2001:db8::1:2:3";
  private static final String GROUP6 = "ff15::5:6:7";
  private static final XfrmMark MARK = new XfrmMark(0x21222324, 0x31323334);
  private static final XfrmLifetime LIMITS =
      new XfrmLifetime(
          0x0506070801L, 0x0607080902L, 0x0708090a03L, 0x08090a0b04L, 1001, 2002, 3003, 4004);

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void sendsWhatIpXfrmSends(String name, XfrmMessage request) throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().thenGrant();
    try (XfrmClient client = XfrmClient.over(kernel)) {
      assertThat(client.batch(List.of(request))).hasSize(1).allMatch(r -> r.isEmpty());
    }
    byte[] ours = kernel.sent().get(0);
    byte[] theirs = Captures.request(name);
    int struct = request.type().structLength();
    assertThat(hex(theirs, 4, 8)).as("type and flags").isEqualTo(hex(ours, 4, 8));
    Map<Integer, String> attributes = attributes(theirs, struct);
    Map<Integer, String> own = attributes(ours, struct);
    if (request instanceof XfrmDeleteSa) {
      assertThat(attributes.remove(XfrmAttributeType.SRCADDR.number())).isNotNull();
    } else {
      assertThat(hex(ours, 0, 4)).as("length").isEqualTo(hex(theirs, 0, 4));
    }
    if (request instanceof XfrmNewSa || request instanceof XfrmUpdateSa) {
      familyOfNoSelector(theirs, ours);
    }
    assertThat(hex(ours, HEADER, HEADER + struct))
        .as("struct")
        .isEqualTo(hex(theirs, HEADER, HEADER + struct));
    assertThat(own).as("attributes").isEqualTo(attributes);
  }

  static Stream<Arguments> cases() throws UnknownHostException {
    return Stream.concat(Stream.concat(states(), selectorStates()), policies())
        .map(c -> Arguments.of(c.getKey(), c.getValue()));
  }

  private static Stream<Map.Entry<String, XfrmMessage>> states() throws UnknownHostException {
    return Stream.of(
        add("state-add-gcm-v4", gcm().reqid(0x01020304)),
        add(
            "state-add-gcm-v6",
            sa6().reqid(0x05060708).aead(new XfrmAead("rfc4106(gcm(aes))", key(0, 36), 96))),
        add(
            "state-add-cbc-auth-trunc",
            sa().reqid(0x01020304)
                .encryption(new XfrmEncryption("cbc(aes)", key(0x20, 16)))
                .authentication(new XfrmAuthTrunc("hmac(sha256)", key(0x40, 32), 128))),
        add(
            "state-add-ah",
            sa().protocol(XfrmProtocol.AH)
                .reqid(0x01020304)
                .authentication(new XfrmAuthTrunc("hmac(sha256)", key(0x40, 32), 128))),
        add("state-add-tunnel-v4", gcm().mode(XfrmMode.TUNNEL).reqid(0x01020304)),
        add("state-add-tunnel-v6", gcm(sa6()).mode(XfrmMode.TUNNEL).reqid(0x05060708)),
        add("state-add-mark", gcm().mark(MARK)),
        add("state-add-if-id", gcm().interfaceId(0x41424344)),
        add("state-add-output-mark-mask", gcm().outputMark(new XfrmMark(0x51525354, 0x61626364))),
        add("state-add-replay-32", gcm().replay(XfrmReplay.window(32))),
        add("state-add-replay-128", gcm().replay(new XfrmReplay(128, 0x05060708, 0x01020304))),
        add("state-add-replay-128-esn", gcm().flags(128).replay(XfrmReplay.window(128))),
        add("state-add-limits", gcm().lifetime(LIMITS)),
        add("state-add-flag-decap-dscp", gcm().flags(2)),
        add("state-add-extra-flags", gcm().mode(XfrmMode.TUNNEL).extraFlags(3)),
        Map.entry(
            "state-update", new XfrmUpdateSa(gcm().reqid(0x01020304).lifetime(LIMITS).build())),
        Map.entry(
            "state-delete",
            XfrmDeleteSa.of(XfrmSaId.of(address(GROUP), 0x11223344, XfrmProtocol.ESP))),
        Map.entry(
            "state-delete-v6-mark",
            XfrmDeleteSa.of(new XfrmSaId(address(GROUP6), 0x55667788, XfrmProtocol.ESP, MARK))));
  }

  private static Stream<Map.Entry<String, XfrmMessage>> selectorStates()
      throws UnknownHostException {
    XfrmSelector net = XfrmSelector.of(address("10.1.0.0"), 16, address("239.5.6.0"), 24);
    return Stream.of(
        add("state-add-sel-udp", gcm().selector(flow())),
        add("state-add-sel-udp-v6", gcm(sa6()).selector(flow6())),
        add("state-add-sel-icmp", gcm().selector(net.with(1, 3, 0xffff, 4, 0xffff))),
        add("state-add-sel-dev", gcm().selector(onDevice7())),
        add(
            "state-add-any-source-v4",
            gcm(XfrmSa.builder(address("0.0.0.0"), address(GROUP), 0x11223344))
                .reqid(0x01020304)
                .selector(XfrmSelector.of(address("0.0.0.0"), 0, address(GROUP), 32))),
        add(
            "state-add-any-source-v6",
            gcm(XfrmSa.builder(address("::"), address(GROUP6), 0x55667788))
                .reqid(0x05060708)
                .selector(XfrmSelector.of(address("::"), 0, address(GROUP6), 128))));
  }

  private static Stream<Map.Entry<String, XfrmMessage>> policies() throws UnknownHostException {
    XfrmPolicyId out = XfrmPolicyId.of(flow(), XfrmDirection.OUT);
    XfrmSelector plain = XfrmSelector.of(address("10.1.0.0"), 16, address(GROUP), 32);
    XfrmSelector net = XfrmSelector.of(address("10.1.0.0"), 16, address("239.5.6.0"), 24);
    XfrmSelector blocked = XfrmSelector.of(address("10.1.0.0"), 16, address("239.0.0.0"), 8);
    XfrmSelector igmp =
        XfrmSelector.of(address("0.0.0.0"), 0, address(GROUP), 32).with(2, 0, 0, 0, 0);
    XfrmSelector anySource = XfrmSelector.of(address("0.0.0.0"), 0, address(GROUP), 32);
    XfrmTemplate template = template(0x11223344, XfrmProtocol.ESP, 0x01020304, XfrmMode.TRANSPORT);
    XfrmTemplate tunnel = template(0, XfrmProtocol.ESP, 0x01020304, XfrmMode.TUNNEL);
    XfrmTemplate template6 =
        new XfrmTemplate(
            address(SOURCE6),
            address(GROUP6),
            0x55667788,
            XfrmProtocol.ESP,
            0x05060708,
            XfrmMode.TRANSPORT,
            false);
    int priority = 0x0a0b0c0d;
    XfrmPolicy limited = XfrmPolicy.protect(out, 0, template);
    return Stream.of(
        policy("policy-add-out", XfrmPolicy.protect(out, priority, template)),
        policy(
            "policy-add-out-v6",
            XfrmPolicy.protect(XfrmPolicyId.of(flow6(), XfrmDirection.OUT), priority, template6)),
        policy(
            "policy-add-out-any-source",
            XfrmPolicy.protect(
                XfrmPolicyId.of(anySource, XfrmDirection.OUT),
                10,
                XfrmTemplate.esp(address("0.0.0.0"), address(GROUP), 0x01020304))),
        policy(
            "policy-add-in",
            XfrmPolicy.protect(
                XfrmPolicyId.of(plain, XfrmDirection.IN),
                priority,
                XfrmTemplate.esp(address("0.0.0.0"), address(GROUP), 0))),
        policy(
            "policy-add-fwd",
            XfrmPolicy.protect(XfrmPolicyId.of(net, XfrmDirection.FWD), priority, tunnel)),
        policy(
            "policy-add-block",
            XfrmPolicy.block(XfrmPolicyId.of(blocked, XfrmDirection.OUT), priority)),
        policy("policy-add-allow", XfrmPolicy.bypass(XfrmPolicyId.of(igmp, XfrmDirection.OUT), 1)),
        policy("policy-add-priority", XfrmPolicy.bypass(out, priority)),
        policy(
            "policy-add-mark",
            XfrmPolicy.protect(
                XfrmPolicyId.of(flow(), XfrmDirection.OUT, MARK, OptionalInt.empty()),
                0,
                template)),
        policy(
            "policy-add-if-id",
            XfrmPolicy.protect(
                XfrmPolicyId.of(
                    flow(), XfrmDirection.OUT, XfrmMark.NONE, OptionalInt.of(0x41424344)),
                0,
                template)),
        policy("policy-add-index", limited.withIndex(0x01020309)),
        policy(
            "policy-add-dev",
            XfrmPolicy.protect(XfrmPolicyId.of(onDevice7(), XfrmDirection.OUT), 0, template)),
        policy("policy-add-flags", limited.withFlags(3)),
        policy("policy-add-limits", limited.withLifetime(LIMITS)),
        policy(
            "policy-add-two-templates",
            XfrmPolicy.protect(
                out,
                0,
                new XfrmTemplate(
                    address(SOURCE),
                    address("10.1.9.8"),
                    0x99aabbcc,
                    XfrmProtocol.ESP,
                    0x090a0b0c,
                    XfrmMode.TUNNEL,
                    false),
                new XfrmTemplate(
                    address(SOURCE),
                    address("10.1.9.8"),
                    0x11223344,
                    XfrmProtocol.AH,
                    0x01020304,
                    XfrmMode.TRANSPORT,
                    false))),
        Map.entry(
            "policy-update",
            new XfrmUpdatePolicy(
                XfrmPolicy.protect(
                        out,
                        priority,
                        template(0, XfrmProtocol.ESP, 0x05060708, XfrmMode.TRANSPORT))
                    .withIndex(0x01020309))),
        Map.entry("policy-delete", XfrmDeletePolicy.of(out)),
        Map.entry(
            "policy-delete-v6-mark",
            XfrmDeletePolicy.of(
                XfrmPolicyId.of(flow6(), XfrmDirection.IN, MARK, OptionalInt.of(0x41424344)))));
  }

  private static XfrmTemplate template(int spi, int protocol, int reqid, int mode)
      throws UnknownHostException {
    return new XfrmTemplate(address(SOURCE), address(GROUP), spi, protocol, reqid, mode, false);
  }

  private static XfrmSelector flow() throws UnknownHostException {
    return XfrmSelector.of(address("10.1.0.0"), 16, address(GROUP), 32)
        .with(17, 5004, 0xffff, 6005, 0xffff);
  }

  private static XfrmSelector flow6() throws UnknownHostException {
    return XfrmSelector.of(address("2001:db8::"), 48, address(GROUP6), 128)
        .with(17, 5004, 0xffff, 6005, 0xffff);
  }

  private static XfrmSelector onDevice7() throws UnknownHostException {
    return XfrmSelector.of(address("10.1.0.0"), 16, address(GROUP), 32).on(7);
  }

  private static XfrmSaBuilder sa() throws UnknownHostException {
    return XfrmSa.builder(address(SOURCE), address(GROUP), 0x11223344);
  }

  private static XfrmSaBuilder sa6() throws UnknownHostException {
    return XfrmSa.builder(address(SOURCE6), address(GROUP6), 0x55667788);
  }

  private static XfrmSaBuilder gcm() throws UnknownHostException {
    return gcm(sa());
  }

  private static XfrmSaBuilder gcm(XfrmSaBuilder sa) {
    return sa.aead(new XfrmAead("rfc4106(gcm(aes))", key(0, 20), 128));
  }

  /** Octets that count up, in hex digits as capture.sh has them: 00 to 09, 0a and so on. */
  private static XfrmKey key(int first, int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (first + i);
    }
    return XfrmKey.copyOf(octets);
  }

  private static Map.Entry<String, XfrmMessage> add(String name, XfrmSaBuilder sa) {
    return Map.entry(name, new XfrmNewSa(sa.build()));
  }

  private static Map.Entry<String, XfrmMessage> policy(String name, XfrmPolicy policy) {
    return Map.entry(name, new XfrmNewPolicy(policy));
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }

  /** Puts our selector's family into theirs where all of their selector is zero. */
  private static void familyOfNoSelector(byte[] theirs, byte[] ours) {
    if (hex(theirs, HEADER, HEADER + 56).matches("0+")) {
      int at = HEADER + SELECTOR_FAMILY;
      System.arraycopy(ours, at, theirs, at, 2);
    }
  }

  private static Map<Integer, String> attributes(byte[] message, int struct) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.nativeOrder());
    Map<Integer, String> attributes = new TreeMap<>();
    int at = HEADER + struct;
    while (at < message.length) {
      int length = in.getShort(at);
      attributes.put((int) in.getShort(at + 2), hex(message, at, at + length));
      at += (length + 3) & ~3;
    }
    return attributes;
  }

  private static String hex(byte[] octets, int from, int to) {
    return HexFormat.of().formatHex(octets, from, to);
  }
}
