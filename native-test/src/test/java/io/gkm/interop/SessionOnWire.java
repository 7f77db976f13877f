package io.gkm.interop;

import io.gkm.ike.CertificateCheck;
import io.gkm.ike.IkeEffect;
import io.gkm.ike.IkeSession;
import io.gkm.ike.Moment;
import io.gkm.ike.UdpPath;
import io.gkm.lab.LabHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** An IKE session with real sockets on ports 500 and 4500 of a lab host, and real time. */
final class SessionOnWire implements AutoCloseable {
  private static final int MAX_DATAGRAM = 65535;
  private static final long LOOK_MILLIS = 200;

  final IkeSession session;
  final List<IkeEffect> effects = new ArrayList<>();

  /** Sizes of the UDP payloads that came. */
  final List<Integer> received = new ArrayList<>();

  /** Sizes of the UDP payloads that were sent. */
  final List<Integer> sent = new ArrayList<>();

  /** Datagrams to send for which this holds are lost. */
  Predicate<IkeEffect.Send> lost = send -> false;

  /** Says why a chain of certificates is not trusted. */
  Function<CertificateCheck, Optional<String>> trust = check -> Optional.of("nobody is");

  private final Selector selector;
  private final InetAddress address;

  SessionOnWire(LabHost host, InetAddress address, IkeSession session) throws Exception {
    this(host, address, session, address);
  }

  /**
   * As from behind a NAT.
   *
   * @param address where the sockets are
   * @param believed the address that the session takes for its own
   */
  SessionOnWire(LabHost host, InetAddress address, IkeSession session, InetAddress believed)
      throws Exception {
    this.session = session;
    this.address = believed;
    this.selector = Selector.open();
    for (int port : new int[] {500, 4500}) {
      DatagramChannel channel =
          host.call(() -> DatagramChannel.open().bind(new InetSocketAddress(address, port)));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
    }
  }

  /** What this host's clock shows beside the real time, so that nobody need wait for hours. */
  Duration ahead = Duration.ZERO;

  Moment now() {
    return new Moment(System.nanoTime()).plus(ahead);
  }

  /** Carries out what the session wants. */
  void perform(List<IkeEffect> wanted) throws IOException {
    for (IkeEffect effect : wanted) {
      if (effect instanceof IkeEffect.Send send) {
        send(send);
      } else {
        effects.add(effect);
      }
      if (effect instanceof IkeEffect.CheckCertificates asked) {
        perform(session.certificatesChecked(now(), asked.check(), trust.apply(asked.check())));
      }
    }
  }

  private void send(IkeEffect.Send send) throws IOException {
    sent.add(send.datagram().length);
    if (lost.test(send)) {
      return;
    }
    for (SelectionKey key : selector.keys()) {
      DatagramChannel channel = (DatagramChannel) key.channel();
      InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
      if (local.getPort() == send.path().local().getPort()) {
        channel.send(ByteBuffer.wrap(send.datagram()), send.path().remote());
      }
    }
  }

  /**
   * Runs until this holds.
   *
   * @return whether it holds, or the time is over
   */
  boolean run(Duration limit, Predicate<SessionOnWire> until) throws IOException {
    Moment end = now().plus(limit);
    while (!until.test(this)) {
      if (!now().isBefore(end)) {
        return false;
      }
      Optional<Moment> deadline = session.deadline().filter(d -> d.isBefore(end));
      long millis = now().until(deadline.orElse(end)).toMillis() + 1;
      // What is waited for may happen at the other end.
      selector.select(Math.max(1, Math.min(millis, LOOK_MILLIS)));
      for (SelectionKey key : selector.selectedKeys()) {
        receive((DatagramChannel) key.channel());
      }
      selector.selectedKeys().clear();
      perform(session.tick(now()));
    }
    return true;
  }

  private void receive(DatagramChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM);
    InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
    if (from == null) {
      return;
    }
    byte[] datagram = Arrays.copyOf(buffer.array(), buffer.position());
    received.add(datagram.length);
    int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    UdpPath path = new UdpPath(new InetSocketAddress(address, port), from);
    perform(session.receive(now(), path, datagram));
  }

  /** The effects of this kind so far. */
  <E extends IkeEffect> List<E> all(Class<E> kind) {
    return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public void close() throws IOException {
    session.destroy();
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
