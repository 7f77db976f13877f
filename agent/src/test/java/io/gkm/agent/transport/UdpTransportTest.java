package io.gkm.agent.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.ike.UdpPath;
import io.gkm.ike.wire.Octets;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UdpTransportTest {
  private record Received(UdpPath path, Octets datagram) {}

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<TransportException> problems = new LinkedBlockingQueue<>();
  private EventLoopGroup loops;
  private EventLoop loop;
  private UdpTransport transport;
  private DatagramSocket peer;

  @BeforeEach
  void setUp() throws Exception {
    loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    loop = loops.next();
    transport =
        new UdpTransport(
            loop,
            new UdpTransport.Listener() {
              @Override
              public void received(UdpPath path, byte[] datagram) {
                assertThat(loop.inEventLoop()).isTrue();
                received.add(new Received(path, Octets.of(datagram)));
              }

              @Override
              public void sendFailed(UdpPath path, TransportException problem) {
                problems.add(problem);
              }
            });
    peer = new DatagramSocket(Loopback.socket(1, 0));
    peer.setSoTimeout(20_000);
  }

  @AfterEach
  void tearDown() throws Exception {
    loop.submit(() -> transport.close()).sync();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    peer.close();
  }

  private UdpPath pathFrom(InetAddress local, int port) {
    return new UdpPath(
        new InetSocketAddress(local, port), (InetSocketAddress) peer.getLocalSocketAddress());
  }

  private void send(UdpPath path, byte[] datagram) throws Exception {
    loop.submit(() -> transport.send(path, datagram)).sync();
  }

  private DatagramPacket receiveAtPeer() throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[65536], 65536);
    peer.receive(packet);
    return packet;
  }

  @Test
  void sendsFromTheAddressAndPortOfThePathAndHearsTheAnswer() throws Exception {
    UdpPath path = pathFrom(Loopback.address(1), Loopback.freePort());
    byte[] question = new byte[1400];
    question[0] = 1;
    send(path, question);
    DatagramPacket packet = receiveAtPeer();
    assertThat(packet.getSocketAddress()).isEqualTo(path.local());
    assertThat(packet.getLength()).isEqualTo(1400);
    byte[] answer = new byte[60_000];
    answer[59_999] = 7;
    peer.send(new DatagramPacket(answer, answer.length, path.local()));
    Received got = received.take();
    assertThat(got.path()).isEqualTo(path);
    assertThat(got.datagram()).isEqualTo(Octets.of(answer));
    assertThat(problems).isEmpty();
  }

  @Test
  void deliversEmptyAndSmallDatagrams() throws Exception {
    UdpPath path = pathFrom(Loopback.address(1), Loopback.freePort());
    send(path, new byte[] {9});
    receiveAtPeer();
    peer.send(new DatagramPacket(new byte[0], 0, path.local()));
    peer.send(new DatagramPacket(new byte[] {(byte) 0xff}, 1, path.local()));
    assertThat(received.take().datagram()).isEqualTo(Octets.EMPTY);
    assertThat(received.take().datagram()).isEqualTo(Octets.ofHex("ff"));
  }

  @Test
  void keepsOneSocketPerLocalAddressAndPort() throws Exception {
    int one = Loopback.freePort();
    UdpPath first = pathFrom(Loopback.address(1), one);
    UdpPath second = pathFrom(Loopback.address(2), one);
    for (UdpPath path : new UdpPath[] {first, second, first}) {
      send(path, new byte[] {1});
      assertThat(receiveAtPeer().getSocketAddress()).isEqualTo(path.local());
    }
  }

  @Test
  void saysWhoMayHoldThePort() throws Exception {
    try (DatagramSocket other = new DatagramSocket(Loopback.socket(1, 0))) {
      send(pathFrom(Loopback.address(1), other.getLocalPort()), new byte[] {1});
      assertThat(problems.take())
          .hasMessageStartingWith("cannot listen on UDP 127.0.0.1:" + other.getLocalPort())
          .hasMessageContaining("another IKE daemon (charon, pluto, iked)");
    }
  }

  @Test
  void triesAgainWhenThePortIsFree() throws Exception {
    UdpPath path;
    try (DatagramSocket other = new DatagramSocket(Loopback.socket(1, 0))) {
      path = pathFrom(Loopback.address(1), other.getLocalPort());
      send(path, new byte[] {1});
      problems.take();
    }
    send(path, new byte[] {2});
    assertThat(receiveAtPeer().getData()[0]).isEqualTo((byte) 2);
  }

  @Test
  void saysThatAnAddressIsNotOurs() throws Exception {
    send(pathFrom(Loopback.address(192, 0, 2, 77), Loopback.freePort()), new byte[] {1});
    assertThat(problems.take())
        .hasMessageContaining("the address is not (or no longer) one of this host's");
  }

  @Test
  void saysThatSendingFailed() throws Exception {
    UdpPath path = new UdpPath(Loopback.socket(1, Loopback.freePort()), Loopback.socket(1, 4711));
    send(path, new byte[65_508]);
    assertThat(problems.take())
        .hasMessageStartingWith("cannot send from UDP 127.0.0.1:")
        .hasMessageContaining("Message too long");
  }

  @Test
  void closesSocketsOfAddressesNobodyUses() throws Exception {
    UdpPath kept = pathFrom(Loopback.address(1), Loopback.freePort());
    UdpPath gone = pathFrom(Loopback.address(2), Loopback.freePort());
    send(kept, new byte[] {1});
    send(gone, new byte[] {1});
    InetAddress used = kept.local().getAddress();
    loop.submit(() -> transport.closeUnused(used::equals)).sync();
    new DatagramSocket(gone.local()).close();
    assertThatThrownBy(() -> new DatagramSocket(kept.local()))
        .isInstanceOf(java.net.BindException.class);
  }

  @Test
  void findsTheSourceAddress() throws Exception {
    InetAddress loopback = Loopback.address(5);
    assertThat(SourceAddress.toward(loopback, 500).getHostAddress()).startsWith("127.0.0.");
  }

  @Test
  void saysWhenThereIsNoRoute() throws Exception {
    InetAddress nowhere = Loopback.address(255, 255, 255, 255);
    assertThatThrownBy(() -> SourceAddress.toward(nowhere, 500))
        .isInstanceOf(TransportException.class)
        .hasMessageStartingWith("no route to 255.255.255.255");
  }
}
