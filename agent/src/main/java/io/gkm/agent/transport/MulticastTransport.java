package io.gkm.agent.transport;

import io.gkm.group.RekeyAddress;
import io.gkm.ike.UdpPath;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives GSA_REKEY messages: one socket per multicast address and port, joined on the interfaces
 * of the groups that use it, for one source where there is only one (the kernel then speaks IGMPv3
 * or MLDv2, RFC 4607). What cannot be joined now, because the interface is not there, say, is tried
 * again; an interface that was replaced by another one of its name is joined anew.
 *
 * <p>Belongs to the event loop's thread.
 */
public final class MulticastTransport {
  /** How often joins are looked after. */
  private static final long RETRY_SECONDS = 2;

  private static final int RECEIVE_BUFFER_OCTETS = 65536;
  private static final Logger LOG = LoggerFactory.getLogger(MulticastTransport.class);

  /** Who gets the datagrams. */
  public interface Listener {
    /**
     * A UDP payload has arrived; the array is the receiver's.
     *
     * @param path the multicast address and port, and who sent it
     */
    void rekeyReceived(UdpPath path, byte[] datagram);
  }

  private final EventLoop loop;
  private final Listener listener;
  private final Map<InetSocketAddress, EpollDatagramChannel> sockets = new HashMap<>();

  /** Interface index of each join. */
  private final Map<RekeyAddress, Integer> joined = new HashMap<>();

  private final Map<RekeyAddress, String> problems = new HashMap<>();
  private Set<RekeyAddress> wanted = Set.of();
  private Optional<Future<?>> timer = Optional.empty();

  public MulticastTransport(EventLoop loop, Listener listener) {
    this.loop = loop;
    this.listener = listener;
  }

  /** Listens to exactly these from now on. */
  public void listenTo(Set<RekeyAddress> addresses) {
    wanted = Set.copyOf(addresses);
    for (RekeyAddress address : Set.copyOf(joined.keySet())) {
      if (!wanted.contains(address)) {
        leave(address);
      }
    }
    problems.keySet().retainAll(wanted);
    closeUnused();
    lookAfter();
  }

  /** Why this address cannot be listened to now; empty when it can. */
  public Optional<String> problem(RekeyAddress address) {
    return Optional.ofNullable(problems.get(address));
  }

  public void close() {
    listenTo(Set.of());
  }

  /** Joins what is not joined, or not on the interface that has the name now. */
  private void lookAfter() {
    for (RekeyAddress address : wanted) {
      try {
        join(address);
        problems.remove(address);
      } catch (TransportException e) {
        if (!Objects.equals(problems.put(address, e.getMessage()), e.getMessage())) {
          LOG.warn("gkm: {}; tries again every {} s", e.getMessage(), RETRY_SECONDS);
        }
      }
    }
    timer.ifPresent(running -> running.cancel(false));
    timer =
        wanted.isEmpty()
            ? Optional.empty()
            : Optional.of(loop.schedule(this::lookAfter, RETRY_SECONDS, TimeUnit.SECONDS));
  }

  private void join(RekeyAddress address) throws TransportException {
    NetworkInterface on = networkInterface(address);
    Integer before = joined.get(address);
    if (before != null && before == on.getIndex()) {
      return;
    }
    // The kernel has dropped what was joined on an interface that is gone.
    joined.remove(address);
    EpollDatagramChannel socket = socket(address.group());
    ChannelFuture done =
        socket.joinGroup(address.group().getAddress(), on, address.source().orElse(null));
    if (!done.isSuccess()) {
      throw new TransportException(
          "cannot receive rekeys: joining %s on %s failed: %s"
              .formatted(text(address), address.interfaceName(), done.cause().getMessage()),
          done.cause());
    }
    joined.put(address, on.getIndex());
    LOG.debug("joined {} on {}", text(address), address.interfaceName());
  }

  private static NetworkInterface networkInterface(RekeyAddress address) throws TransportException {
    try {
      NetworkInterface found = NetworkInterface.getByName(address.interfaceName());
      if (found == null) {
        throw new TransportException(
            "cannot receive rekeys: there is no interface %s to join %s on"
                .formatted(address.interfaceName(), text(address)),
            null);
      }
      return found;
    } catch (SocketException e) {
      throw new TransportException(
          "cannot receive rekeys: interface %s cannot be looked at: %s"
              .formatted(address.interfaceName(), e.getMessage()),
          e);
    }
  }

  private void leave(RekeyAddress address) {
    joined.remove(address);
    EpollDatagramChannel socket = sockets.get(address.group());
    boolean needed = wanted.stream().anyMatch(other -> other.group().equals(address.group()));
    // A socket that nobody needs is closed, which leaves all it has joined.
    if (socket == null || !needed) {
      return;
    }
    try {
      NetworkInterface on = NetworkInterface.getByName(address.interfaceName());
      if (on != null) {
        ChannelFuture done =
            socket.leaveGroup(address.group().getAddress(), on, address.source().orElse(null));
        if (!done.isSuccess()) {
          LOG.debug("leaving {} failed: {}", text(address), done.cause().toString());
        }
      }
    } catch (SocketException e) {
      LOG.debug("leaving {} failed: {}", text(address), e.toString());
    }
  }

  private void closeUnused() {
    Set<InetSocketAddress> used = new HashSet<>();
    wanted.forEach(address -> used.add(address.group()));
    sockets
        .entrySet()
        .removeIf(
            entry -> {
              boolean unused = !used.contains(entry.getKey());
              if (unused) {
                close(entry.getValue());
              }
              return unused;
            });
  }

  private static void close(EpollDatagramChannel socket) {
    socket
        .close()
        .addListener(
            closed -> {
              if (!closed.isSuccess()) {
                LOG.debug("closing a multicast socket failed: {}", closed.cause().toString());
              }
            });
  }

  private EpollDatagramChannel socket(InetSocketAddress group) throws TransportException {
    EpollDatagramChannel open = sockets.get(group);
    if (open != null && open.isActive()) {
      return open;
    }
    joined.keySet().removeIf(address -> address.group().equals(group));
    boolean ipv4 = group.getAddress().getAddress().length == 4;
    EpollDatagramChannel socket;
    try {
      socket =
          new EpollDatagramChannel(ipv4 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6);
    } catch (RuntimeException e) {
      throw SocketProblems.opening(group, e);
    }
    // Others on this host may listen to the same group: each gets its copy.
    socket.config().setOption(ChannelOption.SO_REUSEADDR, true);
    socket
        .config()
        .setOption(
            ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BUFFER_OCTETS));
    if (ipv4) {
      // Only what was joined by this socket, not by any other on the host.
      socket.config().setOption(EpollChannelOption.IP_MULTICAST_ALL, false);
    }
    socket.pipeline().addLast(new Receiver(group));
    // On the loop's own thread both are done when they return.
    ChannelFuture bound =
        loop.register(socket).isSuccess()
            ? socket.bind(group)
            : socket.newFailedFuture(new IOException("the event loop took no socket"));
    if (!bound.isSuccess()) {
      close(socket);
      throw SocketProblems.opening(group, bound.cause());
    }
    sockets.put(group, socket);
    return socket;
  }

  private static String text(RekeyAddress address) {
    String group =
        address.group().getAddress().getHostAddress() + " port " + address.group().getPort();
    return address.source().map(source -> group + " from " + source.getHostAddress()).orElse(group);
  }

  private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
    private final InetSocketAddress group;

    Receiver(InetSocketAddress group) {
      this.group = group;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      listener.rekeyReceived(
          new UdpPath(group, packet.sender()), ByteBufUtil.getBytes(packet.content()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // The socket stays open: a failed receive concerns one datagram only.
      LOG.warn("gkm: receiving rekeys at {} failed: {}", group, cause.toString());
    }
  }
}
