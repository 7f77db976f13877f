package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetworkNamespace;
import java.io.RandomAccessFile;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events of a real kernel, how they end, and ways into a namespace. */
@Tag("kernel")
@Tag("newer-kernel")
@Timeout(120)
class XfrmEventsKernelTest {
  private static final InetAddress OWN = InetAddress.getLoopbackAddress();
  private static final InetAddress PEER = address(127, 0, 0, 7);

  private TestNamespace namespace;
  private XfrmClient client;
  private final BlockingQueue<XfrmEvent> seen = new LinkedBlockingQueue<>();

  @BeforeEach
  void open() throws Exception {
    namespace = TestNamespace.make("events");
    namespace.ip("link", "set", "lo", "up");
    client = XfrmClient.open(NetworkNamespace.of(namespace.name()));
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    namespace.close();
  }

  @Test
  void aPacketWithoutAnSaIsAnAcquire() throws Exception {
    // The loopback interface takes no part in IPsec.
    namespace.ip("link", "add", "here", "type", "veth", "peer", "there");
    namespace.ip("addr", "add", "10.77.0.1/24", "dev", "here");
    namespace.ip("link", "set", "here", "up");
    InetAddress own = address(10, 77, 0, 1);
    InetAddress peer = address(10, 77, 0, 2);
    XfrmPolicyId id = XfrmPolicyId.of(XfrmSelector.of(own, 32, peer, 32), XfrmDirection.OUT);
    XfrmTemplate template = XfrmTemplate.esp(own, peer, 55);
    client.addPolicy(XfrmPolicy.protect(id, 9, template));
    try (XfrmEvents events = listen()) {
      assertThat(events).isNotNull();
      send(own, peer, 5000);
      XfrmAcquire acquire = next(XfrmAcquire.class);
      assertThat(acquire.destination()).isEqualTo(peer);
      assertThat(acquire.flow().destinationPort()).isEqualTo(5000);
      assertThat(acquire.policy().id()).isEqualTo(id);
      assertThat(acquire.policy().templates()).containsExactly(template);
      assertThat(acquire.sequence()).isNotZero();
      // The larval state is none of the SAs, but whoever looks at all sees it.
      assertThat(client.dumpSas()).isEmpty();
      Collector<XfrmSa> all = new Collector<>(XfrmSa::wipe);
      client.visitSas(XfrmDumpSas.ALL, all);
      assertThat(all.collected()).hasSize(1).allMatch(XfrmSa::isLarval);
      assertThat(client.sadInfo().count()).hasValue(1);
      client.addSa(sa(own, peer, 0x77).sequence(acquire.sequence()).reqid(55).build());
      assertThat(client.sadInfo().count()).hasValue(1);
    }
  }

  @Test
  void limitsOfTimeAreEvents() throws Exception {
    try (XfrmEvents events = listen()) {
      assertThat(events).isNotNull();
      client.addSa(sa(PEER, 0x77).lifetime(XfrmLifetime.ofSeconds(1, 3)).build());
      next(XfrmNewSa.class);
      assertThat(next(XfrmExpire.class).hard()).isFalse();
      XfrmExpire hard = next(XfrmExpire.class);
      assertThat(hard.hard()).isTrue();
      assertThat(hard.sa().info().spi()).isEqualTo(0x77);
    }
  }

  @Test
  void movedSequenceNumbersAreEvents() throws Exception {
    XfrmSa sa = sa(PEER, 0x77).replay(XfrmReplay.window(32)).build();
    client.addSa(sa);
    try (XfrmEvents events = listen()) {
      assertThat(events).isNotNull();
      XfrmAttributes moved = XfrmAttributes.of(new XfrmReplayState(7, 8, 1));
      client.execute(new XfrmNewAe(new XfrmAe(sa.id(), sa.source(), 0, 0, moved)));
      XfrmNewAe event = next(XfrmNewAe.class);
      assertThat(event.state().id()).isEqualTo(sa.id());
      assertThat(event.state().flags() & XfrmAe.CAUSE_UPDATE).isNotZero();
    }
  }

  /** A listener that stands still while more happens than its buffer takes. */
  @Test
  void lostEventsAskForAResync() throws Exception {
    CountDownLatch stand = new CountDownLatch(1);
    try (XfrmEvents events =
        XfrmEvents.open(
            NetworkNamespace.of(namespace.name()),
            event -> {
              try {
                stand.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              if (event instanceof XfrmEvent.ResyncNeeded) {
                seen.add(event);
              }
            })) {
      assertThat(events).isNotNull();
      XfrmPolicy policy =
          XfrmPolicy.block(
              XfrmPolicyId.of(
                  XfrmSelector.any(InetAddress.getByName("0.0.0.0")), XfrmDirection.OUT),
              1);
      List<XfrmMessage> changes = new ArrayList<>();
      for (int i = 0; i < 30_000; i++) {
        changes.add(new XfrmUpdatePolicy(policy));
      }
      assertThat(client.batch(changes)).allMatch(java.util.Optional::isEmpty);
      stand.countDown();
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isInstanceOf(XfrmEvent.ResyncNeeded.class);
    }
  }

  @Test
  void openedAndClosedNothingIsLeft() throws Exception {
    listen().close();
    long descriptors = descriptors();
    for (int i = 0; i < 100; i++) {
      XfrmEvents events = listen();
      XfrmClient other = XfrmClient.open(NetworkNamespace.of(namespace.name()));
      other.close();
      events.close();
    }
    // Fewer is no leak: the virtual machine closes some of its own meanwhile.
    assertThat(descriptors()).isLessThan(descriptors + 20);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("xfrm-events"));
  }

  @Test
  void aNamespaceByNamePathAndDescriptorFromAnyThread() throws Exception {
    client.addSa(sa(PEER, 0x77).build());
    Path path = Path.of("/run/netns", namespace.name());
    try (RandomAccessFile open = new RandomAccessFile(path.toFile(), "r")) {
      assertThat(open).isNotNull();
      int descriptor = descriptorOf(path);
      for (NetworkNamespace way :
          List.of(
              NetworkNamespace.of(namespace.name()),
              NetworkNamespace.of(path),
              NetworkNamespace.of(descriptor))) {
        try (XfrmClient other = XfrmClient.open(way)) {
          CompletableFuture<List<XfrmSa>> elsewhere =
              CompletableFuture.supplyAsync(() -> dump(other));
          assertThat(elsewhere.get(30, TimeUnit.SECONDS)).hasSize(1);
        }
      }
    }
    try (XfrmClient fresh = XfrmClient.open(NetworkNamespace.fresh())) {
      assertThat(fresh.dumpSas()).isEmpty();
    }
    assertThatThrownBy(() -> XfrmClient.open(NetworkNamespace.of("no-such-namespace")))
        .isInstanceOf(NetlinkException.class)
        .hasMessageContaining("no-such-namespace")
        .hasMessageContaining("ENOENT");
  }

  private static List<XfrmSa> dump(XfrmClient client) {
    try {
      return client.dumpSas();
    } catch (NetlinkException | XfrmException e) {
      throw new AssertionError(e);
    }
  }

  private XfrmEvents listen() throws NetlinkException {
    return XfrmEvents.open(NetworkNamespace.of(namespace.name()), seen::add);
  }

  /** The next event of this kind; what else comes meanwhile is passed over. */
  private <T extends XfrmEvent> T next(Class<T> type) throws InterruptedException {
    while (true) {
      XfrmEvent event = seen.poll(30, TimeUnit.SECONDS);
      assertThat(event).as("an event of " + type).isNotNull();
      if (type.isInstance(event)) {
        return type.cast(event);
      }
    }
  }

  private void send(InetAddress from, InetAddress to, int port) throws Exception {
    NetworkNamespace.of(namespace.name())
        .call(
            () -> {
              try (DatagramSocket socket = new DatagramSocket(0, from)) {
                socket.send(new DatagramPacket(new byte[4], 4, to, port));
              }
              return null;
            });
  }

  private static XfrmSaBuilder sa(InetAddress peer, int spi) {
    return sa(OWN, peer, spi);
  }

  private static XfrmSaBuilder sa(InetAddress own, InetAddress peer, int spi) {
    return XfrmSa.builder(own, peer, spi)
        .aead(new XfrmAead("rfc4106(gcm(aes))", XfrmKey.copyOf(new byte[20]), 128));
  }

  private static long descriptors() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  private static int descriptorOf(Path path) throws Exception {
    Object wanted = Files.readAttributes(path, "unix:ino").get("ino");
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        if (Files.exists(file)
            && wanted.equals(Files.readAttributes(file, "unix:ino").get("ino"))) {
          return Integer.parseInt(file.getFileName().toString());
        }
      }
    }
    throw new AssertionError(path + " is not open");
  }

  private static InetAddress address(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
