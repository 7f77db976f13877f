package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.NetlinkSocket;
import io.gkm.netlink.NetworkNamespace;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Listens to what happens in the kernel's IPsec databases. Events come on a thread of its own; an
 * overflow comes as {@link XfrmEvent.ResyncNeeded}, never as silence.
 */
public final class XfrmEvents implements AutoCloseable {
  private static final int GROUP_ACQUIRE = 1;
  private static final int GROUP_EXPIRE = 2;
  private static final int GROUP_SA = 3;
  private static final int GROUP_POLICY = 4;

  /** How long a close waits for the thread at most. */
  private static final Duration POLL = Duration.ofMillis(200);

  private final NetlinkSocket socket;
  private final Consumer<XfrmEvent> listener;
  private final Thread thread;
  private volatile boolean stopping;

  private XfrmEvents(NetlinkSocket socket, Consumer<XfrmEvent> listener) {
    this.socket = socket;
    this.listener = listener;
    this.thread = new Thread(this::run, "xfrm-events");
    thread.setDaemon(true);
  }

  /** Listens in the calling thread's network namespace. */
  public static XfrmEvents open(Consumer<XfrmEvent> listener) throws NetlinkException {
    return start(NetlinkSocket.open(NetlinkSocket.XFRM), listener);
  }

  public static XfrmEvents open(NetworkNamespace namespace, Consumer<XfrmEvent> listener)
      throws NetlinkException {
    return start(NetlinkSocket.open(NetlinkSocket.XFRM, namespace), listener);
  }

  private static XfrmEvents start(NetlinkSocket socket, Consumer<XfrmEvent> listener)
      throws NetlinkException {
    try {
      socket.receiveTimeout(POLL);
      for (int group : new int[] {GROUP_ACQUIRE, GROUP_EXPIRE, GROUP_SA, GROUP_POLICY}) {
        socket.join(group);
      }
    } catch (NetlinkException e) {
      socket.close();
      throw e;
    }
    XfrmEvents events = new XfrmEvents(socket, listener);
    events.thread.start();
    return events;
  }

  private void run() {
    while (!stopping) {
      try {
        for (NetlinkMessage message : NetlinkMessage.decode(socket.receive())) {
          XfrmEventCodec.decode(message).ifPresent(listener);
          message.wipe();
        }
      } catch (NetlinkCodecException e) {
        listener.accept(new XfrmEvent.ResyncNeeded(e.getMessage()));
      } catch (NetlinkException e) {
        if (e.isOverrun()) {
          listener.accept(new XfrmEvent.ResyncNeeded("events were lost: the buffer was full"));
        } else if (!e.isTimeout()) {
          listener.accept(new XfrmEvent.Stopped(e));
          return;
        }
      }
    }
  }

  /** Stops the thread, then closes the socket. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    socket.close();
  }
}
