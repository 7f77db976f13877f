package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.StructWriter;
import io.gkm.netlink.xfrm.XfrmMessage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/** One listener's socket: events wait in it, up to a limit as in a real one. */
final class FakeListener implements NetlinkTransport {
  private static final int MAX_WAITING = 4096;

  private final Queue<ByteBuffer> events = new ArrayDeque<>();
  private boolean lost;
  private boolean closed;

  synchronized void tell(XfrmMessage event) {
    if (events.size() >= MAX_WAITING) {
      overrun();
      return;
    }
    try (StructWriter out = new StructWriter()) {
      int start = NetlinkMessage.begin(out, event.typeNumber(), 0, 0, 0);
      event.encode(out);
      NetlinkMessage.end(out, start);
      events.add(ByteBuffer.wrap(out.toBytes()));
    }
    notifyAll();
  }

  synchronized void overrun() {
    lost = true;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public int portId() {
    return 0;
  }

  @Override
  public void send(ByteBuffer datagram) {
    throw new UnsupportedOperationException("this end only listens");
  }

  @Override
  public synchronized ByteBuffer receive() throws NetlinkException {
    while (!closed && !lost && events.isEmpty()) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new NetlinkException("interrupted", Errno.EINTR);
      }
    }
    if (closed) {
      throw new NetlinkException("the netlink socket is closed", Errno.EBADF);
    }
    if (lost) {
      lost = false;
      throw new NetlinkException("netlink receive", Errno.ENOBUFS);
    }
    return events.remove();
  }

  @Override
  public synchronized void close() {
    closed = true;
    events.clear();
    notifyAll();
  }
}
