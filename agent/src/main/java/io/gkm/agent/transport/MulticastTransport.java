package io.gkm.agent.transport;

import io.gkm.group.RekeyAddress;
import io.gkm.ike.UdpPath;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
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
  private final UdpSockets sockets;

  /** Interface index of each join. */
  private final Map<RekeyAddress, Integer> joined = new HashMap<>();

  private final Map<RekeyAddress, String> problems = new HashMap<>();
  private Set<RekeyAddress> wanted = Set.of();
  private Optional<Future<?>> timer = Optional.empty();

  public MulticastTransport(EventLoop loop, Listener listener) {
    this.loop = loop;
    this.sockets = new UdpSockets(loop, listener::rekeyReceived, MulticastTransport::configure);
  }

  private static void configure(InetSocketAddress group, EpollDatagramChannel socket) {
    // Others on this host may listen to the same group: each gets its copy.
    socket.config().setOption(ChannelOption.SO_REUSEADDR, true);
    if (group.getAddress() instanceof Inet4Address) {
      // Only what was joined by this socket, not by any other on the host.
      socket.config().setOption(EpollChannelOption.IP_MULTICAST_ALL, false);
    }
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
    sockets.close(group -> !isWanted(group));
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
    Optional<EpollDatagramChannel> socket = sockets.find(address.group());
    // A socket that nobody needs is closed, which leaves all it has joined.
    if (socket.isEmpty() || !isWanted(address.group())) {
      return;
    }
    try {
      NetworkInterface on = NetworkInterface.getByName(address.interfaceName());
      if (on != null) {
        ChannelFuture done =
            socket
                .get()
                .leaveGroup(address.group().getAddress(), on, address.source().orElse(null));
        if (!done.isSuccess()) {
          LOG.debug("leaving {} failed: {}", text(address), done.cause().toString());
        }
      }
    } catch (SocketException e) {
      LOG.debug("leaving {} failed: {}", text(address), e.toString());
    }
  }

  private boolean isWanted(InetSocketAddress group) {
    return wanted.stream().anyMatch(address -> address.group().equals(group));
  }

  private EpollDatagramChannel socket(InetSocketAddress group) throws TransportException {
    Optional<EpollDatagramChannel> open = sockets.find(group);
    if (open.isPresent()) {
      return open.get();
    }
    joined.keySet().removeIf(address -> address.group().equals(group));
    return sockets.open(group);
  }

  private static String text(RekeyAddress address) {
    String group =
        address.group().getAddress().getHostAddress() + " port " + address.group().getPort();
    return address.source().map(source -> group + " from " + source.getHostAddress()).orElse(group);
  }
}
