package io.gkm.agent.transport;

import io.gkm.ike.UdpPath;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UDP sockets of the event loop, one per address and port that it is bound to. All methods belong
 * to the loop's thread, and the receiver is called on it.
 */
final class UdpSockets {
  /** More than any UDP payload, so that no datagram is cut off unnoticed. */
  private static final int RECEIVE_BUFFER_OCTETS = 65536;

  private static final Logger LOG = LoggerFactory.getLogger(UdpSockets.class);

  private final EventLoop loop;
  private final BiConsumer<UdpPath, byte[]> receiver;
  private final BiConsumer<InetSocketAddress, EpollDatagramChannel> options;
  private final Map<InetSocketAddress, EpollDatagramChannel> sockets = new HashMap<>();

  /**
   * @param receiver gets each datagram, as an array of its own; the path's local end is the address
   *     that the socket is bound to
   * @param options sets options of a socket before it is bound to that address
   */
  UdpSockets(
      EventLoop loop,
      BiConsumer<UdpPath, byte[]> receiver,
      BiConsumer<InetSocketAddress, EpollDatagramChannel> options) {
    this.loop = loop;
    this.receiver = receiver;
    this.options = options;
  }

  /** The socket that is bound to this address and port, if there is one that works. */
  Optional<EpollDatagramChannel> find(InetSocketAddress local) {
    return Optional.ofNullable(sockets.get(local)).filter(EpollDatagramChannel::isActive);
  }

  /** A new socket, in the place of one that works no more. */
  EpollDatagramChannel open(InetSocketAddress local) throws TransportException {
    boolean ipv4 = local.getAddress().getAddress().length == 4;
    EpollDatagramChannel socket;
    try {
      socket =
          new EpollDatagramChannel(ipv4 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6);
    } catch (RuntimeException e) {
      throw SocketProblems.opening(local, e);
    }
    socket
        .config()
        .setOption(
            ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BUFFER_OCTETS));
    options.accept(local, socket);
    socket.pipeline().addLast(new Receiver(local));
    // On the loop's own thread both are done when they return.
    ChannelFuture bound =
        loop.register(socket).isSuccess()
            ? socket.bind(local)
            : socket.newFailedFuture(new IOException("the event loop took no socket"));
    if (!bound.isSuccess()) {
      close(socket);
      throw SocketProblems.opening(local, bound.cause());
    }
    sockets.put(local, socket);
    LOG.debug("listening on UDP {}", local);
    return socket;
  }

  /** Closes those that are bound to such addresses. */
  void close(Predicate<InetSocketAddress> which) {
    sockets
        .entrySet()
        .removeIf(
            socket -> {
              boolean chosen = which.test(socket.getKey());
              if (chosen) {
                close(socket.getValue());
              }
              return chosen;
            });
  }

  private static void close(EpollDatagramChannel socket) {
    socket
        .close()
        .addListener(
            closed -> {
              if (!closed.isSuccess()) {
                LOG.debug("closing a UDP socket failed: {}", closed.cause().toString());
              }
            });
  }

  private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
    private final InetSocketAddress local;

    Receiver(InetSocketAddress local) {
      this.local = local;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      receiver.accept(new UdpPath(local, packet.sender()), ByteBufUtil.getBytes(packet.content()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // The socket stays open: a failed receive (an ICMP error, say) concerns one datagram only.
      LOG.warn("gkm: receiving on UDP {} failed: {}", local, cause.toString());
    }
  }
}
