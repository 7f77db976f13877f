package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.Wiping;
import io.gkm.netlink.xfrm.XfrmGroup;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * A listener's way to the fake kernel: holds so many events, loses those that come when it is full,
 * and then says once that it lost some.
 */
final class EventPort implements NetlinkTransport {
  private final int portId;
  private final Set<XfrmGroup> groups;
  private final int capacity;
  private final Deque<ByteBuffer> events = new ArrayDeque<>();
  private boolean lost;
  private boolean closed;

  EventPort(int portId, Set<XfrmGroup> groups, int capacity) {
    this.portId = portId;
    this.groups = Set.copyOf(groups);
    this.capacity = capacity;
  }

  @Override
  public int portId() {
    return portId;
  }

  boolean hears(XfrmGroup group) {
    return groups.contains(group);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  synchronized void tell(ByteBuffer event) {
    if (closed) {
      Wiping.wipe(event);
    } else if (events.size() >= capacity) {
      Wiping.wipe(event);
      overrun();
    } else {
      events.add(event);
      notifyAll();
    }
  }

  /** As if an event had been lost. */
  synchronized void overrun() {
    lost = true;
    notifyAll();
  }

  @Override
  public void send(ByteBuffer datagram) throws NetlinkException {
    throw new NetlinkException("netlink send by a listener", Errno.EOPNOTSUPP);
  }

  @Override
  public synchronized ByteBuffer receive() throws NetlinkException {
    while (!closed && !lost && events.isEmpty()) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new NetlinkException("netlink receive", Errno.EINTR);
      }
    }
    if (closed) {
      throw new NetlinkException("netlink receive", Errno.EBADF);
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
    events.forEach(Wiping::wipe);
    events.clear();
    notifyAll();
  }
}
