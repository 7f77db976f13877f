package io.gkm.agent.transport;

import io.gkm.ike.UdpPath;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * UDP sockets, one per local address and port, opened when something is first sent from there. All
 * methods belong to the event loop's thread, and the listener is called on it.
 */
public final class UdpTransport {
  /** Who gets the datagrams and hears of failures. */
  public interface Listener {
    /** A UDP payload has arrived; the array is the receiver's. */
    void received(UdpPath path, byte[] datagram);

    /** The kernel refused to send to {@code path}; the sender will try again by itself. */
    void sendFailed(UdpPath path, TransportException problem);
  }

  private final Listener listener;
  private final UdpSockets sockets;

  public UdpTransport(EventLoop loop, Listener listener) {
    this.listener = listener;
    // SO_REUSEADDR stays off: a second IKE daemon on this port must be noticed.
    this.sockets = new UdpSockets(loop, listener::received, (local, socket) -> {});
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
    sockets.close(path.local()::equals);
    listener.sendFailed(path, SocketProblems.sending(path, cause));
  }

  /** Closes the sockets of local addresses nobody uses any more. */
  public void closeUnused(Predicate<InetAddress> isUsed) {
    sockets.close(local -> !isUsed.test(local.getAddress()));
  }

  /** Closes all sockets. */
  public void close() {
    sockets.close(local -> true);
  }

  private EpollDatagramChannel socket(InetSocketAddress local) throws TransportException {
    Optional<EpollDatagramChannel> open = sockets.find(local);
    return open.isPresent() ? open.get() : sockets.open(local);
  }
}
