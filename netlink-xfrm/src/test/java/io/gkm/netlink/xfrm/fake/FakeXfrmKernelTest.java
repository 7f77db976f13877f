package io.gkm.netlink.xfrm.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.netlink.Errno;
import io.gkm.netlink.KernelError;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import io.gkm.netlink.xfrm.XfrmAead;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmErrors;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmExpire;
import io.gkm.netlink.xfrm.XfrmGroup;
import io.gkm.netlink.xfrm.XfrmKey;
import io.gkm.netlink.xfrm.XfrmLifetime;
import io.gkm.netlink.xfrm.XfrmMessage;
import io.gkm.netlink.xfrm.XfrmMessageType;
import io.gkm.netlink.xfrm.XfrmNewSa;
import io.gkm.netlink.xfrm.XfrmReplay;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What tests can do with the fake kernel that they cannot with a real one. */
class FakeXfrmKernelTest {
  private final FakeXfrmKernel fake = new FakeXfrmKernel();
  private final XfrmClient client = XfrmClient.over(fake.connect());

  @Test
  void clientsShareTheDatabasesUnderTheirOwnPortIds() throws Exception {
    NetlinkTransport one = fake.connect();
    NetlinkTransport two = fake.connect();
    assertThat(one.portId()).isNotEqualTo(two.portId());
    XfrmSa sa = sa().build();
    client.addSa(sa);
    assertThat(XfrmClient.over(one).getSa(sa.id())).isPresent();
    XfrmClient.over(two).deleteSa(sa.id());
    assertThat(client.getSa(sa.id())).isEmpty();
  }

  @Test
  void whatATestWantsRefusedIsRefused() throws Exception {
    fake.refuse(m -> m instanceof XfrmNewSa, Errno.ENOMEM, "no room");
    assertThatThrownBy(() -> client.addSa(sa().build()))
        .isInstanceOf(XfrmException.class)
        .hasMessageContaining("ENOMEM: no room");
    assertThatThrownBy(() -> client.addSa(sa().build())).isInstanceOf(XfrmException.class);
    assertThat(client.dumpSas()).isEmpty();
    fake.accept();
    client.addSa(sa().build());
    fake.refuseOnce(m -> m.type() == XfrmMessageType.DELSA, KernelError.of(Errno.EBUSY));
    assertThatThrownBy(() -> client.deleteSa(sa().build().id())).hasMessageContaining("EBUSY");
    client.deleteSa(sa().build().id());
  }

  @Test
  void refusedRequestsAreShownWithoutKeys() throws Exception {
    fake.refuse(
        m -> m instanceof XfrmNewSa add && !add.sa().aead().orElseThrow().key().isKnown(),
        Errno.EPERM,
        "");
    assertThatThrownBy(() -> client.addSa(sa().build())).hasMessageContaining("EPERM");
  }

  @Test
  void keysAreOverwrittenWhenTheSaGoes() {
    XfrmKey key = XfrmKey.copyOf(new byte[] {1, 2, 3});
    Sad sad = new Sad();
    XfrmSa sa = sa().aead(new XfrmAead("any", key, 128)).build();
    SaState state = new SaState(sa, SaState.Life.VALID, 0, XfrmAttributes.NONE);
    sad.insert(state);
    assertThat(key.isKnown()).isTrue();
    sad.remove(state);
    assertThat(key.isKnown()).isFalse();
  }

  @Test
  void packetsCountAndReachLimits() throws Exception {
    long none = XfrmLifetime.INFINITE;
    XfrmSa sa =
        sa().replay(XfrmReplay.window(32))
            .lifetime(new XfrmLifetime(none, none, 2, 3, 0, 0, 0, 0))
            .build();
    client.addSa(sa);
    NetlinkTransport events = fake.listen();
    fake.advance(Duration.ofSeconds(5));
    assertThat(fake.sent(sa.id(), 100)).isTrue();
    assertThat(fake.received(sa.id(), 50)).isTrue();
    XfrmSa read = client.getSa(sa.id()).orElseThrow();
    assertThat(read.usage().packets()).isEqualTo(2);
    assertThat(read.usage().bytes()).isEqualTo(150);
    assertThat(read.usage().useTime() - read.usage().addTime()).isEqualTo(5);
    assertThat(read.replay()).isEqualTo(new XfrmReplay(32, 1, 1));
    // A limit is looked at before a packet is counted: the third passes, the fourth does not.
    assertThat(fake.sent(sa.id(), 1)).isTrue();
    assertThat(expiry(events).hard()).isFalse();
    assertThat(fake.sent(sa.id(), 1)).isFalse();
    assertThat(expiry(events).hard()).isTrue();
    assertThat(client.getSa(sa.id())).isEmpty();
    assertThat(fake.sent(sa.id(), 1)).isFalse();
  }

  @Test
  void whatAnSaRefusedIsRead() throws Exception {
    client.addSa(sa().build());
    fake.refusedPackets(sa().build().id(), new XfrmErrors(1, 2, 3));
    assertThat(client.dumpSas().get(0).errors()).isEqualTo(new XfrmErrors(1, 2, 3));
  }

  @Test
  void timeOfUseBeginsWithTheFirstPacket() throws Exception {
    long none = XfrmLifetime.INFINITE;
    XfrmSa sa = sa().lifetime(new XfrmLifetime(none, none, none, none, 0, 0, 10, 20)).build();
    client.addSa(sa);
    NetlinkTransport events = fake.listen();
    fake.advance(Duration.ofHours(1));
    assertThat(client.getSa(sa.id())).isPresent();
    fake.sent(sa.id(), 1);
    fake.advance(Duration.ofSeconds(19));
    assertThat(expiry(events).hard()).isFalse();
    assertThat(client.getSa(sa.id())).isPresent();
    fake.advance(Duration.ofSeconds(1));
    assertThat(expiry(events).hard()).isTrue();
    assertThat(client.getSa(sa.id())).isEmpty();
  }

  @Test
  void expiryComesInTheOrderOfTime() throws Exception {
    XfrmSa late = sa().lifetime(XfrmLifetime.ofSeconds(20, 40)).build();
    XfrmSa early = sa(2).lifetime(XfrmLifetime.ofSeconds(0, 30)).build();
    client.addSa(late);
    client.addSa(early);
    NetlinkTransport events = fake.listen();
    fake.advance(Duration.ofMinutes(1));
    assertThat(expiry(events).sa().id()).isEqualTo(late.id());
    assertThat(expiry(events).sa().id()).isEqualTo(early.id());
    assertThat(expiry(events).sa().id()).isEqualTo(late.id());
    assertThat(fake.now().getEpochSecond()).isEqualTo(addedAt() + 60);
  }

  private long addedAt() throws Exception {
    client.addSa(sa(9).build());
    return client.getSa(sa(9).build().id()).orElseThrow().usage().addTime() - 60;
  }

  @Test
  void aLarvalStateEndsUnlessItBecomesAnSa() throws Exception {
    client.allocateSpi(sa(0).build(), 5, 5);
    assertThat(client.dumpSas()).hasSize(1);
    fake.advance(Duration.ofSeconds(30));
    assertThat(client.dumpSas()).isEmpty();
  }

  /** As newer kernels do; older ones look at the destination too. */
  @Test
  void anSpiIsTakenWhateverTheDestination() throws Exception {
    client.addSa(sa(7).build());
    XfrmSa wanted = XfrmSa.builder(address("10.0.0.1"), address("10.0.0.2"), 0).build();
    assertThatThrownBy(() -> client.allocateSpi(wanted, 7, 7)).hasMessageContaining("ENOENT");
    assertThat(client.allocateSpi(wanted, 7, 8).id().spi()).isEqualTo(8);
    assertThat(client.sadInfo().count()).hasValue(2);
  }

  @Test
  void aFullListenerLosesEventsAndSaysSoOnce() throws Exception {
    NetlinkTransport events = fake.listen(EnumSet.of(XfrmGroup.SA), 2);
    for (int i = 1; i <= 5; i++) {
      client.addSa(sa(i).build());
    }
    assertThatThrownBy(events::receive)
        .isInstanceOfSatisfying(NetlinkException.class, e -> assertThat(e.isOverrun()).isTrue());
    assertThat(spi(events)).isEqualTo(1);
    assertThat(spi(events)).isEqualTo(2);
    client.addSa(sa(6).build());
    assertThat(spi(events)).isEqualTo(6);
    fake.overrun();
    assertThatThrownBy(events::receive).hasMessageContaining("ENOBUFS");
  }

  private static int spi(NetlinkTransport events) throws Exception {
    return ((XfrmNewSa) next(events)).sa().id().spi();
  }

  @Test
  void aListenerHearsItsGroupsAloneAndEndsWhenItIsClosed() throws Exception {
    NetlinkTransport events = fake.listen(EnumSet.of(XfrmGroup.EXPIRE), 10);
    XfrmSa sa = sa().build();
    client.addSa(sa);
    fake.tell(XfrmGroup.EXPIRE, new XfrmExpire(sa, true));
    assertThat(expiry(events).sa().id()).isEqualTo(sa.id());
    events.close();
    assertThatThrownBy(events::receive).hasMessageContaining("EBADF");
    client.deleteSa(sa.id());
  }

  @Test
  void onlyWhatAsksForAnAcknowledgementOrFailsIsAnswered() throws Exception {
    NetlinkTransport raw = fake.connect();
    send(raw, XfrmMessageType.FLUSHSA.number(), 0, 11, new byte[] {50});
    send(raw, XfrmMessageType.FLUSHSA.number(), NetlinkMessage.F_ACK, 12, new byte[] {50});
    NetlinkMessage ack = answer(raw);
    assertThat(ack.sequence()).isEqualTo(12);
    assertThat(ack.portId()).isEqualTo(raw.portId());
    assertThat(KernelError.decode(ack)).isEmpty();
    send(raw, XfrmMessageType.FLUSHSA.number(), 0, 13, new byte[0]);
    NetlinkMessage error = answer(raw);
    assertThat(error.sequence()).isEqualTo(13);
    assertThat(KernelError.decode(error).orElseThrow().errno()).isEqualTo(Errno.EINVAL);
    send(raw, 0x99, 0, 14, new byte[0]);
    assertThat(KernelError.decode(answer(raw)).orElseThrow().errno()).isEqualTo(Errno.EINVAL);
    assertThatThrownBy(raw::receive)
        .isInstanceOfSatisfying(NetlinkException.class, e -> assertThat(e.isTimeout()).isTrue());
  }

  private static void send(NetlinkTransport to, int type, int flags, int sequence, byte[] payload)
      throws Exception {
    try (StructWriter out = new StructWriter()) {
      int start =
          NetlinkMessage.begin(out, type, NetlinkMessage.F_REQUEST | flags, sequence, to.portId());
      out.bytes(payload);
      NetlinkMessage.end(out, start);
      to.send(out.view());
    }
  }

  private static NetlinkMessage answer(NetlinkTransport from) throws Exception {
    return NetlinkMessage.decode(StructReader.of(from.receive()));
  }

  private static XfrmMessage next(NetlinkTransport events) throws Exception {
    ByteBuffer datagram = events.receive();
    NetlinkMessage message = NetlinkMessage.decode(StructReader.of(datagram));
    Optional<XfrmMessageType> type = XfrmMessageType.of(message.type());
    return XfrmMessage.decode(type.orElseThrow(), false, message.payload());
  }

  private static XfrmExpire expiry(NetlinkTransport events) throws Exception {
    return (XfrmExpire) next(events);
  }

  private static XfrmSaBuilder sa() {
    return sa(1);
  }

  private static XfrmSaBuilder sa(int spi) {
    XfrmAead gcm = new XfrmAead("rfc4106(gcm(aes))", XfrmKey.copyOf(new byte[20]), 128);
    XfrmSaBuilder builder = XfrmSa.builder(address("0.0.0.0"), address("239.1.1.1"), spi);
    return spi == 0 ? builder : builder.aead(gcm);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
