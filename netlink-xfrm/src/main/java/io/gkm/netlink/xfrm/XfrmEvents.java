package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.NetlinkSocket;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.NetworkNamespace;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.Wiping;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Listens to what happens in the kernel's IPsec databases. Events come on a thread of its own, one
 * at a time; an overflow comes as {@link XfrmEvent.ResyncNeeded}, never as silence.
 *
 * <p>The kernel sends SAs with their keys. They are overwritten before the listener sees the event,
 * in which of a key only its length is known.
 */
public final class XfrmEvents implements AutoCloseable {
  private final NetlinkTransport transport;
  private final Consumer<XfrmEvent> listener;
  private final Thread thread;
  private volatile boolean stopping;

  private XfrmEvents(NetlinkTransport transport, Consumer<XfrmEvent> listener) {
    this.transport = transport;
    this.listener = listener;
    this.thread = new Thread(this::run, "xfrm-events");
    thread.setDaemon(true);
  }

  /** Listens to all groups in the calling thread's network namespace. */
  public static XfrmEvents open(Consumer<XfrmEvent> listener) throws NetlinkException {
    return open(EnumSet.allOf(XfrmGroup.class), listener);
  }

  /** Listens to some groups in the calling thread's network namespace. */
  public static XfrmEvents open(Set<XfrmGroup> groups, Consumer<XfrmEvent> listener)
      throws NetlinkException {
    return start(NetlinkSocket.open(NetlinkSocket.XFRM), groups, listener);
  }

  /** Listens to all groups in another network namespace. */
  public static XfrmEvents open(NetworkNamespace namespace, Consumer<XfrmEvent> listener)
      throws NetlinkException {
    return start(
        NetlinkSocket.open(NetlinkSocket.XFRM, namespace),
        EnumSet.allOf(XfrmGroup.class),
        listener);
  }

  /**
   * Listens to something that tells events like the kernel. Its receive ends with an exception when
   * it is closed.
   */
  public static XfrmEvents over(NetlinkTransport transport, Consumer<XfrmEvent> listener) {
    XfrmEvents events = new XfrmEvents(transport, listener);
    events.thread.start();
    return events;
  }

  private static XfrmEvents start(
      NetlinkSocket socket, Set<XfrmGroup> groups, Consumer<XfrmEvent> listener)
      throws NetlinkException {
    try {
      socket.wakeable();
      for (XfrmGroup group : groups) {
        socket.join(group.number());
      }
    } catch (NetlinkException e) {
      socket.close();
      throw e;
    }
    return over(socket, listener);
  }

  private void run() {
    try {
      while (!stopping) {
        receive();
      }
    } catch (NetlinkException e) {
      stop(e);
    } catch (RuntimeException e) {
      NetlinkException failure = new NetlinkException("the listener of XFRM events failed", 0);
      failure.initCause(e);
      stop(failure);
    } finally {
      transport.close();
    }
  }

  private void stop(NetlinkException why) {
    if (!stopping) {
      listener.accept(new XfrmEvent.Stopped(why));
    }
  }

  private void receive() throws NetlinkException {
    ByteBuffer datagram;
    try {
      datagram = transport.receive();
    } catch (NetlinkException e) {
      if (e.isOverrun()) {
        listener.accept(new XfrmEvent.ResyncNeeded("events were lost: the buffer was full"));
        return;
      }
      throw e;
    }
    try {
      StructReader in = StructReader.of(datagram);
      while (in.remaining() > 0 && !stopping) {
        tell(NetlinkMessage.decode(in));
      }
    } catch (NetlinkCodecException e) {
      listener.accept(new XfrmEvent.ResyncNeeded(e.getMessage()));
    } finally {
      Wiping.wipe(datagram);
    }
  }

  private void tell(NetlinkMessage message) throws NetlinkCodecException {
    Optional<XfrmMessageType> type = XfrmMessageType.of(message.type());
    if (type.isEmpty()) {
      listener.accept(
          new XfrmEvent.ResyncNeeded("the kernel told a message of type " + message.type()));
      return;
    }
    XfrmMessage event = XfrmMessage.decode(type.get(), false, message.payload());
    XfrmMessage shown = event.withoutKeys();
    event.wipe();
    listener.accept(shown);
  }

  /**
   * Ends the events: when it returns, the thread has ended and the socket is closed. Called by the
   * listener itself it returns at once, and the event that is told is the last.
   */
  @Override
  public void close() {
    stopping = true;
    transport.close();
    if (Thread.currentThread() != thread) {
      joinThread();
    }
  }

  /** Waits even where it is interrupted: the thread ends as soon as its listener returns. */
  private void joinThread() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
