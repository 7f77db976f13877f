package io.gkm.netlink.route;

import io.gkm.netlink.Errno;
import io.gkm.netlink.KernelError;

/** The kernel refused something: what, why in its own words, and what helps. */
public final class RouteException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int errno;

  private RouteException(String text, int errno) {
    super(text);
    this.errno = errno;
  }

  static RouteException of(RouteRequest request, KernelError error) {
    StringBuilder text = new StringBuilder(request.what());
    text.append(": ").append(Errno.name(error.errno()));
    error.message().ifPresent(m -> text.append(": ").append(m));
    String hint = hint(request, error.errno());
    if (!hint.isEmpty()) {
      text.append("; ").append(hint);
    }
    return new RouteException(text.toString(), error.errno());
  }

  private static String hint(RouteRequest request, int errno) {
    return switch (errno) {
      case Errno.EPERM -> "it needs CAP_NET_ADMIN in this network namespace";
      case Errno.EEXIST ->
          request instanceof NewXfrmLink
              ? "there is a link of this name, or an xfrm interface with this if_id"
              : "there is one already";
      case Errno.ENODEV -> "there is no such link";
      case Errno.EOPNOTSUPP ->
          request instanceof NewXfrmLink
              ? "this kernel has no xfrm interfaces (module xfrm_interface, Linux 4.19 or newer)"
              : "";
      default -> "";
    };
  }

  /** The error number, see {@link Errno}. */
  public int errno() {
    return errno;
  }
}
