package io.gkm.netlink.xfrm.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmAddressAttribute;
import io.gkm.netlink.xfrm.XfrmAddressFilter;
import io.gkm.netlink.xfrm.XfrmAe;
import io.gkm.netlink.xfrm.XfrmAead;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmAuthTrunc;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmDefaults;
import io.gkm.netlink.xfrm.XfrmDefaults.Verdict;
import io.gkm.netlink.xfrm.XfrmDeletePolicy;
import io.gkm.netlink.xfrm.XfrmDeleteSa;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmDumpSas;
import io.gkm.netlink.xfrm.XfrmEncap;
import io.gkm.netlink.xfrm.XfrmEncryption;
import io.gkm.netlink.xfrm.XfrmEvent;
import io.gkm.netlink.xfrm.XfrmEvents;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmExpire;
import io.gkm.netlink.xfrm.XfrmFlushPolicies;
import io.gkm.netlink.xfrm.XfrmFlushSas;
import io.gkm.netlink.xfrm.XfrmGetAe;
import io.gkm.netlink.xfrm.XfrmGetDefault;
import io.gkm.netlink.xfrm.XfrmGetPolicy;
import io.gkm.netlink.xfrm.XfrmKey;
import io.gkm.netlink.xfrm.XfrmLifetime;
import io.gkm.netlink.xfrm.XfrmMark;
import io.gkm.netlink.xfrm.XfrmMessage;
import io.gkm.netlink.xfrm.XfrmNewAe;
import io.gkm.netlink.xfrm.XfrmNewPolicy;
import io.gkm.netlink.xfrm.XfrmNewSa;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmProtocol;
import io.gkm.netlink.xfrm.XfrmReplay;
import io.gkm.netlink.xfrm.XfrmReplayState;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaBuilder;
import io.gkm.netlink.xfrm.XfrmSaFlags;
import io.gkm.netlink.xfrm.XfrmSaId;
import io.gkm.netlink.xfrm.XfrmSelector;
import io.gkm.netlink.xfrm.XfrmSpdInfo;
import io.gkm.netlink.xfrm.XfrmSpdInfo.Thresholds;
import io.gkm.netlink.xfrm.XfrmTemplate;
import io.gkm.netlink.xfrm.XfrmUpdatePolicy;
import io.gkm.netlink.xfrm.XfrmUpdateSa;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the kernel's databases do, seen through the client: the fake one does it too. */
abstract class XfrmContract {
  private static final InetAddress SOURCE = address("10.0.0.1");
  private static final InetAddress GROUP = address("239.1.1.1");
  private static final int SPI = 0x01020304;

  abstract XfrmClient client();

  abstract XfrmEvents listen(Consumer<XfrmEvent> listener) throws Exception;

  @Test
  void anSaIsThereOnce() throws Exception {
    client().addSa(sa().build());
    refused(Errno.EEXIST, () -> client().addSa(sa().build()));
    refused(Errno.EEXIST, () -> client().addSa(from("10.9.9.9", SPI).reqid(99).build()));
    client().addSa(from("10.0.0.1", SPI + 1).build());
    client().addSa(ah());
    assertThat(client().dumpSas()).hasSize(3);
    assertThat(client().sadInfo().count()).hasValue(3);
  }

  @Test
  void aMarkMakesAnotherSa() throws Exception {
    client().addSa(sa().mark(new XfrmMark(5, 0xff)).build());
    client().addSa(sa().mark(new XfrmMark(6, 0xff)).build());
    refused(Errno.EEXIST, () -> client().addSa(sa().mark(new XfrmMark(5, 0xff)).build()));
    client().addSa(sa().build());
    // One without a mark is found by any: nothing more can be added beside it.
    refused(Errno.EEXIST, () -> client().addSa(sa().mark(new XfrmMark(7, 0xff)).build()));
    assertThat(client().dumpSas()).hasSize(3);
    XfrmSaId marked = new XfrmSaId(GROUP, SPI, XfrmProtocol.ESP, new XfrmMark(6, 0xff));
    client().deleteSa(marked);
    assertThat(client().dumpSas()).hasSize(2);
  }

  @Test
  void anSaComesBackAsItWasAdded() throws Exception {
    XfrmSa sa =
        sa().reqid(77)
            .replay(new XfrmReplay(32, 5, 9))
            .lifetime(new XfrmLifetime(1000, 2000, 300, 400, 50, 60, 7, 8))
            .selector(
                XfrmSelector.of(address("10.0.0.0"), 8, GROUP, 32).with(17, 0, 0, 5000, 0xffff))
            .build();
    client().addSa(sa);
    XfrmSa read = client().getSa(sa.id()).orElseThrow();
    assertThat(read.aead()).isEqualTo(sa.aead());
    assertThat(read.selector()).isEqualTo(sa.selector());
    assertThat(read.lifetime()).isEqualTo(sa.lifetime());
    assertThat(read.reqid()).isEqualTo(77);
    assertThat(read.replay()).isEqualTo(sa.replay());
    assertThat(read.usage().packets()).isZero();
    assertThat(read.usage().addTime()).isPositive();
  }

  @Test
  void anUpdateChangesLimitsAndNeverKeys() throws Exception {
    refused(Errno.ESRCH, () -> client().updateSa(sa().build()));
    client().addSa(sa().build());
    XfrmSa other =
        sa().reqid(5)
            .lifetime(XfrmLifetime.ofSeconds(700, 800))
            .aead(new XfrmAead("rfc4106(gcm(aes))", key(36), 128))
            .build();
    client().updateSa(other);
    XfrmSa read = client().getSa(other.id()).orElseThrow();
    assertThat(read.lifetime()).isEqualTo(other.lifetime());
    assertThat(read.aead()).isEqualTo(sa().build().aead());
    assertThat(read.reqid()).isZero();
  }

  @Test
  void whatIsNotThere() throws Exception {
    XfrmSaId id = sa().build().id();
    assertThat(client().getSa(id)).isEmpty();
    refused(Errno.ESRCH, () -> client().deleteSa(id));
    assertThat(client().getPolicy(policyId(1))).isEmpty();
    refused(Errno.ENOENT, () -> client().deletePolicy(policyId(1)));
    client().flushSas(0);
    client().flushPolicies();
    assertThat(client().dumpSas()).isEmpty();
    assertThat(client().dumpPolicies()).isEmpty();
  }

  @Test
  void anSaMustBeWhole() throws Exception {
    refused(Errno.EINVAL, () -> client().addSa(bare().build()));
    refused(Errno.EINVAL, () -> client().addSa(sa().authentication(sha256()).build()));
    refused(Errno.EINVAL, () -> client().addSa(sa().protocol(XfrmProtocol.AH).build()));
    refused(Errno.EINVAL, () -> client().addSa(sa().mode(9).build()));
    refused(
        Errno.ENOSYS,
        () -> client().addSa(bare().aead(new XfrmAead("no(such)", key(20), 128)).build()));
    refused(
        Errno.ENOSYS,
        () ->
            client()
                .addSa(
                    bare()
                        .encryption(new XfrmEncryption("cbc(none)", key(16)))
                        .authentication(sha256())
                        .build()));
    XfrmSa esnWithoutState = sa().flags(XfrmSaFlags.ESN).build();
    refused(Errno.EINVAL, () -> client().addSa(esnWithoutState));
    assertThat(client().dumpSas()).isEmpty();
  }

  @Test
  void flushTakesAProtocol() throws Exception {
    client().addSa(sa().build());
    client().addSa(ah());
    client().flushSas(XfrmProtocol.AH);
    assertThat(client().dumpSas()).extracting(s -> s.info().protocol()).containsExactly(50);
    client().flushSas(XfrmProtocol.ANY);
    assertThat(client().dumpSas()).isEmpty();
  }

  @Test
  void dumpsAreFiltered() throws Exception {
    client().addSa(sa().build());
    client().addSa(from("10.0.0.2", SPI + 1).build());
    client().addSa(ah());
    assertThat(client().dumpSas(XfrmDumpSas.of(XfrmProtocol.AH))).hasSize(1);
    XfrmAddressFilter sender =
        new XfrmAddressFilter(address("10.0.0.2"), 32, address("239.0.0.0"), 8);
    assertThat(client().dumpSas(XfrmDumpSas.of(sender)))
        .extracting(XfrmSa::source)
        .containsExactly(address("10.0.0.2"));
    assertThat(client().dumpSas(XfrmDumpSas.of(XfrmAddressFilter.to(GROUP, 32)))).hasSize(3);
    assertThat(client().dumpSas(XfrmDumpSas.of(XfrmAddressFilter.to(address("239.2.0.0"), 16))))
        .isEmpty();
  }

  @Test
  void anSpiIsAllocatedAndBecomesAnSa() throws Exception {
    XfrmSa wanted = XfrmSa.builder(SOURCE, address("10.0.0.9"), 0).build();
    XfrmSa larval = client().allocateSpi(wanted, 0x1000, 0x1fff);
    assertThat(larval.info().spi()).isBetween(0x1000, 0x1fff);
    XfrmSa sa =
        XfrmSa.builder(SOURCE, address("10.0.0.9"), larval.info().spi())
            .aead(new XfrmAead("rfc4106(gcm(aes))", key(20), 128))
            .build();
    client().updateSa(sa);
    assertThat(client().getSa(sa.id()).orElseThrow().aead()).isEqualTo(sa.aead());
    refused(
        Errno.ENOENT, () -> client().allocateSpi(wanted, larval.info().spi(), larval.info().spi()));
    refused(Errno.EINVAL, () -> client().allocateSpi(wanted, 0x2000, 0x1000));
  }

  @Test
  void replayStateIsReadAndSet() throws Exception {
    XfrmSa sa = sa().replay(XfrmReplay.window(32)).build();
    client().addSa(sa);
    XfrmReplayState moved = new XfrmReplayState(100, 200, 3);
    client().execute(new XfrmNewAe(new XfrmAe(sa.id(), SOURCE, 0, 0, XfrmAttributes.of(moved))));
    XfrmNewAe read =
        client().get(new XfrmGetAe(XfrmAe.of(sa.id(), XfrmAe.REPLAY_VALUE)), XfrmNewAe.class);
    assertThat(read.state().attributes().find(XfrmReplayState.class)).contains(moved);
    assertThat(client().getSa(sa.id()).orElseThrow().replay())
        .isEqualTo(new XfrmReplay(32, 100, 200));
  }

  @Test
  void aPolicyIsThereOnce() throws Exception {
    client().addPolicy(XfrmPolicy.block(policyId(1), 10));
    refused(Errno.EEXIST, () -> client().addPolicy(XfrmPolicy.block(policyId(1), 20)));
    client().addPolicy(XfrmPolicy.block(XfrmPolicyId.of(selector(1), XfrmDirection.IN), 10));
    client()
        .addPolicy(
            XfrmPolicy.block(
                XfrmPolicyId.of(
                    selector(1), XfrmDirection.OUT, new XfrmMark(1, 1), OptionalInt.empty()),
                10));
    client()
        .addPolicy(
            XfrmPolicy.block(
                XfrmPolicyId.of(selector(1), XfrmDirection.OUT, XfrmMark.NONE, OptionalInt.of(3)),
                10));
    assertThat(client().dumpPolicies()).hasSize(4);
    XfrmSpdInfo.Counts counts = client().spdInfo().counts().orElseThrow();
    assertThat(counts.in()).isEqualTo(1);
    assertThat(counts.out()).isEqualTo(3);
  }

  @Test
  void anUpdateReplacesAPolicyAndKeepsItsIndex() throws Exception {
    client().updatePolicy(XfrmPolicy.block(policyId(1), 10));
    int index = client().getPolicy(policyId(1)).orElseThrow().index();
    assertThat(index & 7).isEqualTo(1);
    XfrmPolicy protect = XfrmPolicy.protect(policyId(1), 5, XfrmTemplate.esp(SOURCE, GROUP, 44));
    client().updatePolicy(protect);
    XfrmPolicy read = client().getPolicy(policyId(1)).orElseThrow();
    assertThat(read.templates()).isEqualTo(protect.templates());
    assertThat(read.priority()).isEqualTo(5);
    assertThat(read.index()).isEqualTo(index);
    assertThat(client().dumpPolicies()).hasSize(1);
    XfrmPolicyId other = policyId(2);
    XfrmNewPolicy byIndex =
        client().get(new XfrmGetPolicy(other, index, XfrmAttributes.NONE), XfrmNewPolicy.class);
    assertThat(byIndex.policy().id()).isEqualTo(policyId(1));
    client().execute(new XfrmDeletePolicy(other, index, XfrmAttributes.NONE));
    assertThat(client().dumpPolicies()).isEmpty();
  }

  @Test
  void anIndexBelongsToItsDirection() throws Exception {
    refused(
        Errno.EINVAL, () -> client().addPolicy(XfrmPolicy.block(policyId(1), 10).withIndex(0x100)));
    client().addPolicy(XfrmPolicy.block(policyId(1), 10).withIndex(0x10001));
    assertThat(client().getPolicy(policyId(1)).orElseThrow().index()).isEqualTo(0x10001);
  }

  @Test
  void policiesAreListedAllAndFlushed() throws Exception {
    List<XfrmMessage> requests = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      requests.add(new XfrmNewPolicy(XfrmPolicy.block(policyId(i), i)));
    }
    requests.add(new XfrmNewPolicy(XfrmPolicy.block(policyId(7), 7)));
    List<Optional<XfrmException>> results = client().batch(requests);
    assertThat(results.stream().filter(Optional::isPresent)).hasSize(1);
    assertThat(results.get(500).orElseThrow().errno()).isEqualTo(Errno.EEXIST);
    assertThat(client().dumpPolicies()).hasSize(500);
    client().flushPolicies();
    assertThat(client().dumpPolicies()).isEmpty();
  }

  @Test
  void defaultsAndThresholds() throws Exception {
    assertThat(client().defaults())
        .isEqualTo(new XfrmDefaults(Verdict.ACCEPT, Verdict.ACCEPT, Verdict.ACCEPT));
    client().setDefaults(new XfrmDefaults(Verdict.BLOCK, Verdict.UNSPECIFIED, Verdict.UNSPECIFIED));
    assertThat(client().defaults())
        .isEqualTo(new XfrmDefaults(Verdict.BLOCK, Verdict.ACCEPT, Verdict.ACCEPT));
    client().execute(XfrmSpdInfo.of(new Thresholds(16, 24), new Thresholds(64, 96)));
    assertThat(client().spdInfo().ipv4()).contains(new Thresholds(16, 24));
    assertThat(client().spdInfo().ipv6()).contains(new Thresholds(64, 96));
  }

  @Test
  void eventsOfEverythingThatChanges() throws Exception {
    BlockingQueue<XfrmEvent> seen = new LinkedBlockingQueue<>();
    try (XfrmEvents events = listen(seen::add)) {
      assertThat(events).isNotNull();
      XfrmSa sa = sa().build();
      client().addSa(sa);
      assertThat(next(seen, XfrmNewSa.class).sa().id()).isEqualTo(sa.id());
      client().updateSa(sa().lifetime(XfrmLifetime.ofSeconds(0, 900)).build());
      assertThat(next(seen, XfrmUpdateSa.class).sa().lifetime().hardAddSeconds()).isEqualTo(900);
      client().execute(new XfrmExpire(sa, false));
      assertThat(next(seen, XfrmExpire.class).hard()).isFalse();
      client().deleteSa(sa.id());
      XfrmDeleteSa deleted = next(seen, XfrmDeleteSa.class);
      assertThat(deleted.id()).isEqualTo(sa.id());
      assertThat(deleted.sa().orElseThrow().source()).isEqualTo(SOURCE);
      assertThat(deleted.sa().orElseThrow().aead().orElseThrow().key().isKnown()).isFalse();
      client().addSa(sa().build());
      next(seen, XfrmNewSa.class);
      client().flushSas(XfrmProtocol.ESP);
      assertThat(next(seen, XfrmFlushSas.class).protocol()).isEqualTo(XfrmProtocol.ESP);
    }
  }

  @Test
  void eventsOfPolicies() throws Exception {
    BlockingQueue<XfrmEvent> seen = new LinkedBlockingQueue<>();
    try (XfrmEvents events = listen(seen::add)) {
      assertThat(events).isNotNull();
      client().addPolicy(XfrmPolicy.block(policyId(1), 10));
      assertThat(next(seen, XfrmNewPolicy.class).policy().id()).isEqualTo(policyId(1));
      client().updatePolicy(XfrmPolicy.block(policyId(1), 20));
      assertThat(next(seen, XfrmUpdatePolicy.class).policy().priority()).isEqualTo(20);
      client().deletePolicy(policyId(1));
      XfrmDeletePolicy deleted = next(seen, XfrmDeletePolicy.class);
      assertThat(deleted.policy().orElseThrow().id()).isEqualTo(policyId(1));
      client().addPolicy(XfrmPolicy.block(policyId(1), 10));
      next(seen, XfrmNewPolicy.class);
      client().flushPolicies();
      next(seen, XfrmFlushPolicies.class);
      client().setDefaults(new XfrmDefaults(Verdict.BLOCK, Verdict.BLOCK, Verdict.BLOCK));
      assertThat(next(seen, XfrmGetDefault.class).defaults().out()).isEqualTo(Verdict.BLOCK);
    }
  }

  @Test
  void whatThisLibraryKeepsIsSentBack() throws Exception {
    XfrmSa sa =
        sa().attribute(new XfrmEncap(XfrmEncap.ESP_IN_UDP, 4500, 4501, address("0.0.0.0"))).build();
    client().addSa(sa);
    XfrmSa read = client().getSa(sa.id()).orElseThrow();
    client().deleteSa(sa.id());
    client().addSa(read);
    XfrmSa again = client().getSa(sa.id()).orElseThrow();
    assertThat(again.attributes()).isEqualTo(read.attributes());
    assertThat(again.attributes().find(XfrmEncap.class))
        .isEqualTo(sa.attributes().find(XfrmEncap.class));
    assertThat(XfrmAddressAttribute.source(SOURCE).address()).isEqualTo(again.source());
  }

  private static <T extends XfrmEvent> T next(BlockingQueue<XfrmEvent> seen, Class<T> type)
      throws InterruptedException {
    XfrmEvent event = seen.poll(20, TimeUnit.SECONDS);
    assertThat(event).isInstanceOf(type);
    return type.cast(event);
  }

  private static void refused(int errno, ThrowingCallable code) {
    XfrmException refusal = catchThrowableOfType(XfrmException.class, code);
    assertThat(refusal).as("refused with " + Errno.name(errno)).isNotNull();
    assertThat(refusal.errnoName()).as(refusal.getMessage()).isEqualTo(Errno.name(errno));
  }

  static XfrmSaBuilder bare() {
    return from("10.0.0.1", SPI, Optional.empty());
  }

  static XfrmSaBuilder sa() {
    return from("10.0.0.1", SPI);
  }

  static XfrmSaBuilder from(String source, int spi) {
    return from(source, spi, Optional.of(new XfrmAead("rfc4106(gcm(aes))", key(20), 128)));
  }

  private static XfrmSaBuilder from(String source, int spi, Optional<XfrmAead> aead) {
    XfrmSaBuilder sa = XfrmSa.builder(address(source), GROUP, spi);
    aead.ifPresent(sa::aead);
    return sa;
  }

  static XfrmSa ah() {
    return bare().protocol(XfrmProtocol.AH).authentication(sha256()).build();
  }

  static XfrmAuthTrunc sha256() {
    return new XfrmAuthTrunc("hmac(sha256)", key(32), 128);
  }

  static XfrmPolicyId policyId(int number) {
    return XfrmPolicyId.of(selector(number), XfrmDirection.OUT);
  }

  private static XfrmSelector selector(int number) {
    return XfrmSelector.of(SOURCE, 32, address("239.3." + number / 256 + "." + number % 256), 32);
  }

  static XfrmKey key(int octets) {
    byte[] bytes = new byte[octets];
    for (int i = 0; i < octets; i++) {
      bytes[i] = (byte) (i + 1);
    }
    return XfrmKey.copyOf(bytes);
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(text, e);
    }
  }
}
