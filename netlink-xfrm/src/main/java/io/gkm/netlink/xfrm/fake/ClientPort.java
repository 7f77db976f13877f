package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.Wiping;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A client's way to the fake kernel. All answers are there when send returns, so a receive without
 * any times out at once.
 */
final class ClientPort implements NetlinkTransport {
  /** What becomes of what is sent. */
  interface Kernel {
    void handle(ByteBuffer datagram, ClientPort port);
  }

  private final Kernel kernel;
  private final int portId;
  private final Deque<ByteBuffer> answers = new ArrayDeque<>();
  private boolean closed;

  ClientPort(Kernel kernel, int portId) {
    this.kernel = kernel;
    this.portId = portId;
  }

  @Override
  public int portId() {
    return portId;
  }

  @Override
  public void send(ByteBuffer datagram) throws NetlinkException {
    checkOpen("send");
    kernel.handle(datagram, this);
  }

  @Override
  public synchronized ByteBuffer receive() throws NetlinkException {
    checkOpen("receive");
    if (answers.isEmpty()) {
      throw new NetlinkException("netlink receive", Errno.EAGAIN);
    }
    return answers.remove();
  }

  synchronized void deliver(ByteBuffer datagram) {
    if (closed) {
      Wiping.wipe(datagram);
    } else {
      answers.add(datagram);
    }
  }

  private synchronized void checkOpen(String what) throws NetlinkException {
    if (closed) {
      throw new NetlinkException("netlink " + what, Errno.EBADF);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    answers.forEach(Wiping::wipe);
    answers.clear();
  }
}
