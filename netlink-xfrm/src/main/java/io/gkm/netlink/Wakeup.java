package io.gkm.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;

/**
 * Lets one thread wait for a socket and another end that wait at once (poll(2) on the socket and an
 * eventfd(2)).
 */
final class Wakeup {
  private static final int EFD_CLOEXEC = 0x80000;
  private static final short POLLIN = 1;

  /** struct pollfd: descriptor(4), events(2), what happened(2). */
  private static final int POLLFD = 8;

  private final int descriptor;
  private final Pointer polled = Memory.allocateDirect(LibC.RUNTIME, 2 * POLLFD);

  Wakeup(int socket) throws NetlinkException {
    descriptor = LibC.INSTANCE.eventfd(0, EFD_CLOEXEC);
    if (descriptor < 0) {
      throw new NetlinkException("eventfd", LibC.errno());
    }
    polled.putInt(0, socket);
    polled.putInt(POLLFD, descriptor);
  }

  /** Waits until the socket has something, or an error, to read; false: it was told to end. */
  boolean await() throws NetlinkException {
    while (true) {
      polled.putInt(4, POLLIN);
      polled.putInt(POLLFD + 4, POLLIN);
      int count = LibC.INSTANCE.poll(polled, 2, -1);
      if (count < 0 && LibC.errno() != Errno.EINTR) {
        throw new NetlinkException("poll", LibC.errno());
      }
      if (count > 0) {
        return polled.getShort(POLLFD + 6) == 0;
      }
    }
  }

  /** Ends the wait, now or when it begins. */
  void wake() {
    byte[] one = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(1).array();
    // Cannot fail: the counter is far from its end and the descriptor is ours.
    LibC.INSTANCE.write(descriptor, one, one.length);
  }

  void close() {
    LibC.INSTANCE.close(descriptor);
  }
}
