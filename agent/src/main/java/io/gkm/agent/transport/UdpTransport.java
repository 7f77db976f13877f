package io.gkm.agent.transport;

import io.gkm.ike.UdpPath;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UDP sockets, one per local address and port, opened when something is first sent from there. All
 * methods belong to the event loop's thread, and the listener is called on it.
 */
public final class UdpTransport {
  /** More than any UDP payload, so that no datagram is cut off unnoticed. */
  private static final int RECEIVE_BUFFER_OCTETS = 65536;

  private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

  /** Who gets the datagrams and hears of failures. */
  public interface Listener {
    /** A UDP payload has arrived; the array is the receiver's. */
    void received(UdpPath path, byte[] datagram);

    /** The kernel refused to send to {@code path}; the sender will try again by itself. */
    void sendFailed(UdpPath path, TransportException problem);
  }

  private final EventLoop loop;
  private final Listener listener;
  private final Map<InetSocketAddress, EpollDatagramChannel> sockets = new HashMap<>();

  public UdpTransport(EventLoop loop, Listener listener) {
    this.loop = loop;
    this.listener = listener;
  }

  /** Sends a UDP payload from {@code path.local} to {@code path.remote}. */
  public void send(UdpPath path, byte[] datagram) {
    EpollDatagramChannel socket;
    try {
      socket = socket(path.local());
    } catch (TransportException e) {
      listener.sendFailed(path, e);
      return;
    }
    socket
        .writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(datagram), path.remote()))
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                sendFailed(path, sent.cause());
              }
            });
  }

  private void sendFailed(UdpPath path, Throwable cause) {
    // A socket whose address has left the host stays useless; the next attempt opens a new one.
    close(path.local()::equals);
    listener.sendFailed(path, SocketProblems.sending(path, cause));
  }

  /** Closes the sockets of local addresses nobody uses any more. */
  public void closeUnused(Predicate<InetAddress> isUsed) {
    close(local -> !isUsed.test(local.getAddress()));
  }

  /** Closes all sockets. */
  public void close() {
    close(local -> true);
  }

  private void close(Predicate<InetSocketAddress> which) {
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

  private EpollDatagramChannel socket(InetSocketAddress local) throws TransportException {
    EpollDatagramChannel open = sockets.get(local);
    if (open != null && open.isActive()) {
      return open;
    }
    boolean ipv4 = local.getAddress().getAddress().length == 4;
    EpollDatagramChannel socket;
    try {
      socket =
          new EpollDatagramChannel(ipv4 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6);
    } catch (RuntimeException e) {
      throw SocketProblems.opening(local, e);
    }
    // SO_REUSEADDR stays off: a second IKE daemon on this port must be noticed.
    socket
        .config()
        .setOption(
            ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BUFFER_OCTETS));
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

  private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
    private final InetSocketAddress local;

    Receiver(InetSocketAddress local) {
      this.local = local;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      ByteBuf content = packet.content();
      listener.received(new UdpPath(local, packet.sender()), ByteBufUtil.getBytes(content));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // The socket stays open: a failed receive (an ICMP error, say) concerns one datagram only.
      LOG.warn("gkm: receiving on UDP {} failed: {}", local, cause.toString());
    }
  }
}
