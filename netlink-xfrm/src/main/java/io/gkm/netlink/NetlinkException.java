package io.gkm.netlink;

import java.io.IOException;

/**
 * Netlink could not do what was asked: the socket failed, or the kernel's answer makes no sense.
 */
public class NetlinkException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  /**
   * @param errno of the failed call, 0 where none failed
   */
  public NetlinkException(String what, int errno) {
    super(errno == 0 ? what : what + ": " + Errno.name(errno));
    this.errno = errno;
  }

  /** The error number, 0 where no system call failed. */
  public int errno() {
    return errno;
  }

  /** Whether messages were lost because the socket's buffer was full: dump everything anew. */
  public boolean isOverrun() {
    return errno == Errno.ENOBUFS;
  }

  /** Whether nothing came within the receive timeout. */
  public boolean isTimeout() {
    return errno == Errno.EAGAIN;
  }
}
