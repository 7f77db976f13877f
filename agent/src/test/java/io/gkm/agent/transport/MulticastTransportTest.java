package io.gkm.agent.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.group.RekeyAddress;
import io.gkm.ike.UdpPath;
import io.gkm.ike.wire.Octets;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the loopback interface. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MulticastTransportTest {
  private static final InetAddress ONE = Loopback.address(239, 255, 77, 1);
  private static final InetAddress TWO = Loopback.address(239, 255, 77, 2);

  private record Received(UdpPath path, Octets datagram) {}

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private EventLoopGroup loops;
  private EventLoop loop;
  private MulticastTransport transport;
  private MulticastSocket sender;
  private int port;

  @BeforeEach
  void setUp() throws Exception {
    port = Loopback.freePort();
    loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    loop = loops.next();
    transport =
        new MulticastTransport(
            loop,
            (path, datagram) -> {
              assertThat(loop.inEventLoop()).isTrue();
              received.add(new Received(path, Octets.of(datagram)));
            });
    sender = new MulticastSocket(Loopback.socket(1, 0));
    sender.setNetworkInterface(NetworkInterface.getByName("lo"));
  }

  @AfterEach
  void tearDown() throws Exception {
    loop.submit(() -> transport.close()).sync();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    sender.close();
  }

  private RekeyAddress address(InetAddress group, InetAddress... source) {
    return new RekeyAddress(
        "lo", new InetSocketAddress(group, port), java.util.Arrays.stream(source).findFirst());
  }

  private void listenTo(RekeyAddress... addresses) throws Exception {
    loop.submit(() -> transport.listenTo(Set.of(addresses))).sync();
  }

  private void send(InetAddress group, int octet) throws Exception {
    byte[] datagram = {(byte) octet};
    sender.send(new DatagramPacket(datagram, 1, new InetSocketAddress(group, port)));
  }

  private int next() throws Exception {
    Received datagram = received.poll(20, TimeUnit.SECONDS);
    assertThat(datagram).isNotNull();
    return datagram.datagram().get(0);
  }

  @Test
  void receivesWhatItJoinedAndKnowsTheSender() throws Exception {
    listenTo(address(ONE));
    send(ONE, 1);

    Received datagram = received.poll(20, TimeUnit.SECONDS);
    assertThat(datagram.path().local()).isEqualTo(new InetSocketAddress(ONE, port));
    assertThat(datagram.path().remote()).isEqualTo(sender.getLocalSocketAddress());
    assertThat(datagram.datagram()).isEqualTo(Octets.of(new byte[] {1}));
  }

  @Test
  void hearsNothingElse() throws Exception {
    listenTo(address(ONE));
    send(TWO, 1);
    send(ONE, 2);

    assertThat(next()).isEqualTo(2);
  }

  @Test
  void hearsOnlyTheSourceOfASourceSpecificJoin() throws Exception {
    listenTo(address(ONE, Loopback.address(9)), address(TWO, Loopback.address(1)));
    send(ONE, 1);
    send(TWO, 2);

    assertThat(next()).isEqualTo(2);
    assertThat(received).isEmpty();
  }

  @Test
  void changesFromOneGroupToAnother() throws Exception {
    listenTo(address(ONE));
    send(ONE, 1);
    assertThat(next()).isEqualTo(1);

    listenTo(address(TWO));
    send(ONE, 2);
    send(TWO, 3);
    assertThat(next()).isEqualTo(3);

    listenTo(address(ONE), address(TWO));
    send(ONE, 4);
    assertThat(next()).isEqualTo(4);
  }

  @Test
  void leavesOneSourceAndKeepsTheOther() throws Exception {
    listenTo(address(ONE, Loopback.address(1)), address(ONE, Loopback.address(9)));
    listenTo(address(ONE, Loopback.address(9)));
    send(ONE, 1);
    listenTo(address(ONE, Loopback.address(1)));
    send(ONE, 2);

    assertThat(next()).isEqualTo(2);
  }

  @Test
  void saysWhatCannotBeJoined() throws Exception {
    RekeyAddress nowhere =
        new RekeyAddress("nosuch0", new InetSocketAddress(ONE, port), Optional.empty());
    listenTo(nowhere, address(TWO));

    assertThat(loop.submit(() -> transport.problem(nowhere)).get())
        .get()
        .asString()
        .contains("there is no interface nosuch0 to join 239.255.77.1 port " + port + " on");
    send(TWO, 5);
    assertThat(next()).as("the others are not held up").isEqualTo(5);
  }
}
