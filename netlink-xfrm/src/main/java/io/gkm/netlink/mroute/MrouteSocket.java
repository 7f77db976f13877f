package io.gkm.netlink.mroute;

import io.gkm.netlink.Errno;
import io.gkm.netlink.LibC;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The raw socket that owns multicast routing of one family in one network namespace. When it is
 * closed, however the program ends, the kernel forgets all interfaces and routes that were set by
 * it.
 *
 * <p>Nobody reads what the kernel reports to it of packets without a route: they are dropped all
 * the same, and what waits is bounded by the receive buffer.
 */
final class MrouteSocket implements AutoCloseable {
  private static final int INIT = 200;
  private static final int ADD_VIF = 202;
  private static final int DEL_VIF = 203;
  private static final int ADD_MFC = 204;
  private static final int DEL_MFC = 205;
  private static final int ADD_MFC_PROXY = 210;
  private static final int DEL_MFC_PROXY = 211;

  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;

  private final MulticastFamily family;
  private final int descriptor;

  private MrouteSocket(MulticastFamily family, int descriptor) {
    this.family = family;
    this.descriptor = descriptor;
  }

  /** In the calling thread's network namespace. */
  static MrouteSocket open(MulticastFamily family) throws MrouteException {
    int descriptor =
        LibC.INSTANCE.socket(family.domain(), SOCK_RAW | SOCK_CLOEXEC, family.protocol());
    if (descriptor < 0) {
      int errno = LibC.errno();
      throw new MrouteException(
          family, "no raw socket", errno, MrouteException.hint(family, errno));
    }
    MrouteSocket socket = new MrouteSocket(family, descriptor);
    byte[] one = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(1).array();
    Optional<Integer> error = socket.option(INIT, one);
    if (error.isPresent()) {
      socket.close();
      throw new MrouteException(
          family, "not available", error.get(), MrouteException.hint(family, error.get()));
    }
    return socket;
  }

  void add(MulticastVif vif) throws MrouteException {
    Optional<Integer> error = option(ADD_VIF, family.encode(vif));
    if (error.isPresent()) {
      boolean absent = error.get() == Errno.EADDRNOTAVAIL || error.get() == Errno.ENODEV;
      throw new MrouteException(
          family,
          "link " + vif.link() + " cannot take part",
          error.get(),
          absent ? "there is no such link, or it has no " + family.title() : "");
    }
  }

  /** Also where the kernel has done so because the link went. */
  void delete(MulticastVif vif) throws MrouteException {
    Optional<Integer> error = option(DEL_VIF, family.encode(vif));
    if (error.isPresent() && error.get() != Errno.EADDRNOTAVAIL) {
      throw new MrouteException(family, "link " + vif.link() + " stays", error.get(), "");
    }
  }

  void add(MulticastMfc mfc, String route) throws MrouteException {
    int name = mfc.isAnySource() ? ADD_MFC_PROXY : ADD_MFC;
    Optional<Integer> error = option(name, family.encode(mfc));
    if (error.isPresent()) {
      throw new MrouteException(family, "route " + route, error.get(), "");
    }
  }

  /** Also where it is not there. */
  void delete(MulticastMfc mfc, String route) throws MrouteException {
    int name = mfc.isAnySource() ? DEL_MFC_PROXY : DEL_MFC;
    Optional<Integer> error = option(name, family.encode(mfc));
    if (error.isPresent() && error.get() != Errno.ENOENT) {
      throw new MrouteException(family, "route " + route + " stays", error.get(), "");
    }
  }

  /** The error number where it is refused. */
  private Optional<Integer> option(int name, byte[] value) {
    return LibC.INSTANCE.setsockopt(descriptor, family.level(), name, value, value.length) < 0
        ? Optional.of(LibC.errno())
        : Optional.empty();
  }

  @Override
  public void close() {
    LibC.INSTANCE.close(descriptor);
  }
}
