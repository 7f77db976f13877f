package io.gkm.netlink.mroute;

import io.gkm.netlink.Errno;
import java.io.IOException;

/** The kernel refused something about multicast routing: what, why, and what helps. */
public final class MrouteException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  /**
   * @param errno 0 where no system call failed
   * @param hint what helps, for people; may be empty
   */
  MrouteException(MulticastFamily family, String what, int errno, String hint) {
    super(
        family.title()
            + " multicast routing: "
            + what
            + (errno == 0 ? "" : ": " + Errno.name(errno))
            + (hint.isEmpty() ? "" : "; " + hint));
    this.errno = errno;
  }

  /** The error number, see {@link Errno}; 0 where no system call failed. */
  public int errno() {
    return errno;
  }

  /** Whether another program owns multicast routing of this family. */
  public boolean isOwnedByAnother() {
    return errno == Errno.EADDRINUSE;
  }

  static String hint(MulticastFamily family, int errno) {
    return switch (errno) {
      case Errno.EADDRINUSE ->
          "another program owns it (such as smcrouted, pimd or igmpproxy): stop that, or have it"
              + " set the routes";
      case Errno.ENOPROTOOPT -> "this kernel was built without it (" + family.kernelOption() + ")";
      case Errno.EPERM, Errno.EACCES ->
          "it needs CAP_NET_RAW and CAP_NET_ADMIN in this network namespace";
      case Errno.EAFNOSUPPORT, Errno.EPROTONOSUPPORT -> "this kernel has no " + family.title();
      default -> "";
    };
  }
}
