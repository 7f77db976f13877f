package io.gkm.netlink.xfrm;

import static io.gkm.netlink.ScriptedKernel.ack;
import static io.gkm.netlink.ScriptedKernel.done;
import static io.gkm.netlink.ScriptedKernel.error;
import static io.gkm.netlink.ScriptedKernel.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.ScriptedKernel;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class XfrmClientTest {
  /** The attributes of an SA begin behind the message's header and struct. */
  private static final int FIRST_ATTRIBUTE = 16 + XfrmMessageType.NEWSA.structLength();

  private static final String KEY =
      "c0ffee00112233445566778899aabbccddeeff0102030405060708090a0b0c0d0e0f1011";

  private final ScriptedKernel kernel = new ScriptedKernel();
  private final XfrmClient client = XfrmClient.over(kernel);

  @Test
  void theOffsetOfARefusalNamesItsAttribute() throws Exception {
    XfrmException refusal =
        refuse(Errno.ENOSYS, "Requested AEAD algorithm not found", OptionalInt.of(FIRST_ATTRIBUTE));
    assertThat(refusal.attribute()).contains("XFRMA_ALG_AEAD");
    assertThat(refusal.kernelMessage()).contains("Requested AEAD algorithm not found");
    assertThat(refusal.errno()).isEqualTo(Errno.ENOSYS);
    assertThat(refusal.errnoName()).isEqualTo("ENOSYS");
    assertThat(refusal.operation()).isEqualTo("add");
    assertThat(refusal.object())
        .isEqualTo("SA src 10.0.0.1 dst 239.1.1.1 proto esp spi 0x01020304 mark 0x5/0xff");
    assertThat(refusal.hint()).isPresent();
    assertThat(refusal)
        .hasMessageContaining("add SA src 10.0.0.1 dst 239.1.1.1")
        .hasMessageContaining("ENOSYS: Requested AEAD algorithm not found (XFRMA_ALG_AEAD)");
  }

  @Test
  void anOffsetInsideTheSecondAttributeNamesTheSecond() throws Exception {
    int aead = 4 + 64 + 4 + 4 + 36;
    XfrmException refusal = refuse(Errno.EINVAL, "", OptionalInt.of(FIRST_ATTRIBUTE + aead + 4));
    assertThat(refusal.attribute()).contains("XFRMA_MARK");
    assertThat(refusal.kernelMessage()).isEmpty();
  }

  @Test
  void anOffsetInTheStructIsSaidSo() throws Exception {
    assertThat(refuse(Errno.EINVAL, "", OptionalInt.of(16 + 100)).attribute())
        .contains("the fixed part, offset 100");
  }

  @Test
  void anOffsetOutsideOfTheMessageNamesNothing() throws Exception {
    assertThat(refuse(Errno.EINVAL, "", OptionalInt.of(100_000)).attribute()).isEmpty();
    assertThat(refuse(Errno.EINVAL, "", OptionalInt.of(-5)).attribute()).isEmpty();
    assertThat(refuse(Errno.EINVAL, "", OptionalInt.of(3)).attribute()).isEmpty();
  }

  @Test
  void aMissingAttributeIsNamed() throws Exception {
    kernel.then(
        r ->
            kernel.deliver(
                error(r.get(0), Errno.EINVAL, "", OptionalInt.empty(), OptionalInt.of(18))));
    XfrmException refusal = catchThrowableOfType(XfrmException.class, () -> client.addSa(sa()));
    assertThat(refusal.attribute()).contains("XFRMA_ALG_AEAD is missing");
  }

  @Test
  void whatIsMissingInAnAttributeIsNamedWithIt() throws Exception {
    kernel.then(
        r ->
            kernel.deliver(
                error(
                    r.get(0),
                    Errno.EINVAL,
                    "",
                    OptionalInt.empty(),
                    OptionalInt.of(18),
                    OptionalInt.of(FIRST_ATTRIBUTE))));
    XfrmException refusal = catchThrowableOfType(XfrmException.class, () -> client.addSa(sa()));
    assertThat(refusal.attribute()).contains("XFRMA_ALG_AEAD is missing in XFRMA_ALG_AEAD");
  }

  @Test
  void refusalsOfGetsDumpsAndFlushesAreExplainedToo() throws Exception {
    kernel
        .then(r -> kernel.deliver(explained(r.get(0), 16 + 24)))
        .then(r -> kernel.deliver(explained(r.get(0), 16)))
        .then(r -> kernel.deliver(explained(r.get(0), 16)));
    XfrmSaId marked = sa().id();
    assertThat(catchThrowableOfType(XfrmException.class, () -> client.getSa(marked)).attribute())
        .contains("XFRMA_MARK");
    XfrmDumpSas filtered = XfrmDumpSas.of(XfrmProtocol.ESP);
    assertThat(
            catchThrowableOfType(XfrmException.class, () -> client.dumpSas(filtered)).attribute())
        .contains("XFRMA_PROTO");
    XfrmException flush =
        catchThrowableOfType(
            XfrmException.class,
            () -> client.execute(new XfrmFlushPolicies(XfrmAttributes.of(XfrmPolicyType.SUB))));
    assertThat(flush.attribute()).contains("XFRMA_POLICY_TYPE");
    assertThat(flush).hasMessageStartingWith("flush policies: EINVAL: why");
  }

  private static byte[] explained(NetlinkMessage request, int offset) {
    return error(request, Errno.EINVAL, "why", OptionalInt.of(offset), OptionalInt.empty());
  }

  @Test
  void theOffsetOfAPolicyRefusalNamesItsAttribute() throws Exception {
    kernel.then(
        r ->
            kernel.deliver(
                error(
                    r.get(0),
                    Errno.EINVAL,
                    "Invalid template",
                    OptionalInt.of(16 + XfrmMessageType.NEWPOLICY.structLength()),
                    OptionalInt.empty())));
    XfrmException refusal =
        catchThrowableOfType(XfrmException.class, () -> client.addPolicy(policy()));
    assertThat(refusal.attribute()).contains("XFRMA_TMPL");
    assertThat(refusal.object()).startsWith("policy dir out 10.0.0.0/8 -> 239.1.1.1/32 proto 17");
  }

  @Test
  void refusalsAndDescriptionsNeverHoldKeys() throws Exception {
    XfrmException refusal = refuse(Errno.EEXIST, "taken", OptionalInt.of(FIRST_ATTRIBUTE));
    XfrmSa sa = sa();
    byte[] key = HexFormat.of().parseHex(KEY);
    String told =
        refusal
            + sa.toString()
            + new XfrmNewSa(sa)
            + new XfrmRawAttribute(99, key)
            + new NetlinkMessage(0x10, 0, 1, 2, StructReader.of(key));
    assertThat(told.toLowerCase(java.util.Locale.ROOT))
        .doesNotContain(KEY.substring(0, 8))
        .doesNotContain("-64, -1, -18")
        .contains("xfrmkey[288 bits]");
    assertThat(XfrmKey.copyOf(key)).hasToString("XfrmKey[288 bits]");
  }

  @Test
  void aWipedKeyIsZeroAndCannotBeSent() {
    XfrmSa sa = sa();
    XfrmKey key = sa.aead().orElseThrow().key();
    assertThat(key.isKnown()).isTrue();
    sa.wipe();
    assertThat(key.isKnown()).isFalse();
    assertThatThrownBy(key::toArray).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> client.addSa(sa)).isInstanceOf(IllegalStateException.class);
    assertThat(kernel.sent()).isEmpty();
  }

  @Test
  void keysAreWipedFromWhatWasSentAndReceived() throws Exception {
    kernel.thenGrant();
    client.addSa(sa());
    assertThat(HexFormat.of().formatHex(kernel.sent().get(0))).contains(KEY);
    assertThat(kernel.handedOver().get(0)).containsOnly(0);

    byte[] stored = payload(new XfrmNewSa(sa()));
    kernel.then(
        r ->
            kernel.deliver(reply(r.get(0), XfrmMessageType.NEWSA.number(), stored), ack(r.get(0))));
    assertThat(client.getSa(sa().id())).contains(sa());
    assertThat(kernel.delivered()).allSatisfy(d -> assertThat(d).containsOnly(0));
  }

  @Test
  void aBatchSaysForEachRequestWhyItWasRefused() throws Exception {
    kernel.then(
        r ->
            kernel.deliver(
                error(
                    r.get(1),
                    Errno.EEXIST,
                    "",
                    OptionalInt.of(16 + XfrmMessageType.NEWPOLICY.structLength()),
                    OptionalInt.empty()),
                ack(r.get(2))));
    List<Optional<XfrmException>> results =
        client.batch(
            List.of(new XfrmNewSa(sa()), new XfrmNewPolicy(policy()), XfrmDeleteSa.of(sa().id())));
    assertThat(results.get(0)).isEmpty();
    assertThat(results.get(1).orElseThrow())
        .hasMessageContaining("add policy dir out")
        .hasMessageContaining("EEXIST (XFRMA_TMPL)");
    assertThat(results.get(2)).isEmpty();
  }

  @Test
  void whatIsNotThereIsEmptyAndOtherRefusalsAreErrors() throws Exception {
    kernel
        .then(r -> kernel.deliver(error(r.get(0), Errno.ESRCH)))
        .then(r -> kernel.deliver(error(r.get(0), Errno.ENOENT)))
        .then(r -> kernel.deliver(error(r.get(0), Errno.EPERM)));
    assertThat(client.getSa(sa().id())).isEmpty();
    assertThat(client.getPolicy(policy().id())).isEmpty();
    XfrmException refusal =
        catchThrowableOfType(XfrmException.class, () -> client.getSa(sa().id()));
    assertThat(refusal.errno()).isEqualTo(Errno.EPERM);
    assertThat(refusal.hint().orElseThrow()).contains("CAP_NET_ADMIN");
  }

  @Test
  void aDumpLeavesStatesWithoutAnSpiOut() throws Exception {
    byte[] stored = payload(new XfrmNewSa(sa()));
    byte[] larval = stored.clone();
    Arrays.fill(larval, 72, 76, (byte) 0);
    kernel.then(
        r -> {
          kernel.deliver(reply(r.get(0), XfrmMessageType.NEWSA.number(), larval));
          kernel.deliver(
              reply(r.get(0), XfrmMessageType.NEWSA.number(), stored), done(r.get(0), 0, 0));
        });
    assertThat(client.dumpSas()).containsExactly(sa());
  }

  @Test
  void policiesComeBackAsTheyWereSent() throws Exception {
    byte[] stored = payload(new XfrmNewPolicy(policy()));
    kernel.then(
        r ->
            kernel.deliver(
                reply(r.get(0), XfrmMessageType.NEWPOLICY.number(), stored), done(r.get(0), 0, 0)));
    assertThat(client.dumpPolicies()).containsExactly(policy());
  }

  @Test
  void aRefusedDumpIsNoEmptyDatabase() {
    kernel
        .then(r -> kernel.deliver(error(r.get(0), Errno.EPERM)))
        .then(r -> kernel.deliver(done(r.get(0), 0, Errno.ENOMEM)));
    assertThatThrownBy(client::dumpSas)
        .isInstanceOf(XfrmException.class)
        .hasMessageStartingWith("list SAs: EPERM");
    assertThatThrownBy(client::dumpPolicies)
        .isInstanceOf(XfrmException.class)
        .hasMessageStartingWith("list policies: ENOMEM");
  }

  @Test
  void anOverrunIsNotARefusal() {
    kernel.then(r -> kernel.fail(Errno.ENOBUFS));
    assertThatThrownBy(() -> client.addSa(sa()))
        .isInstanceOfSatisfying(NetlinkException.class, e -> assertThat(e.isOverrun()).isTrue());
  }

  private XfrmException refuse(int errno, String text, OptionalInt offset) {
    kernel.then(r -> kernel.deliver(error(r.get(0), errno, text, offset, OptionalInt.empty())));
    return catchThrowableOfType(XfrmException.class, () -> client.addSa(sa()));
  }

  private static byte[] payload(XfrmMessage request) {
    try (StructWriter out = new StructWriter()) {
      request.encode(out);
      return out.toBytes();
    }
  }

  private static XfrmSa sa() {
    return XfrmSa.builder(address("10.0.0.1"), address("239.1.1.1"), 0x01020304)
        .reqid(7)
        .aead(new XfrmAead("rfc4106(gcm(aes))", XfrmKey.copyOf(HexFormat.of().parseHex(KEY)), 128))
        .mark(new XfrmMark(5, 0xff))
        .build();
  }

  private static XfrmPolicy policy() {
    XfrmSelector selector =
        XfrmSelector.of(address("10.0.0.0"), 8, address("239.1.1.1"), 32)
            .with(17, 0, 0, 5000, 0xffff);
    return XfrmPolicy.protect(
        XfrmPolicyId.of(selector, XfrmDirection.OUT),
        100,
        XfrmTemplate.esp(address("10.0.0.1"), address("239.1.1.1"), 7));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError(text, e);
    }
  }
}
