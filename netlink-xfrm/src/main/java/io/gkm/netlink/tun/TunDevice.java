package io.gkm.netlink.tun;

import io.gkm.netlink.Errno;
import io.gkm.netlink.KernelError;
import io.gkm.netlink.LibC;
import io.gkm.netlink.NetlinkConnection;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkRequest;
import io.gkm.netlink.NetlinkSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;

/**
 * A TUN device (Documentation/networking/tuntap.rst): what the kernel sends to it, IP packets
 * without a header before them, comes here. It is up, has no address, and is gone with this process
 * at the latest. Not for use by several threads.
 */
public final class TunDevice implements AutoCloseable {
  private static final String CLONE = "/dev/net/tun";
  private static final int NETLINK_ROUTE = 0;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int O_RDWR = 2;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final long TUNSETIFF = 0x400454ca;
  private static final int IFF_TUN = 1;
  private static final int IFF_NO_PI = 0x1000;
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM_CLOEXEC = 0x80002;
  private static final long SIOCGIFINDEX = 0x8933;

  /** struct ifreq: name(16), then a union of 24 octets. */
  private static final int IFREQ = 40;

  private static final int IFNAMSIZ = 16;
  private static final short POLLIN = 1;
  private static final int MOST = 1 << 16;

  private final int descriptor;
  private final String name;
  private final int index;
  private final NetlinkConnection routes;
  private final List<HostRoute> dropped = new ArrayList<>();
  private final ByteBuffer packet = ByteBuffer.allocateDirect(MOST);
  private final Pointer address = Pointer.wrap(LibC.RUNTIME, packet);
  private final Pointer polled = Memory.allocateDirect(LibC.RUNTIME, 8);

  private TunDevice(int descriptor, String name, int index, NetlinkConnection routes) {
    this.descriptor = descriptor;
    this.name = name;
    this.index = index;
    this.routes = routes;
    polled.putInt(0, descriptor);
  }

  /**
   * Makes a device in the calling thread's network namespace and sets it up. Needs CAP_NET_ADMIN.
   *
   * @param pattern its name, {@code %d} in it for a number that is free
   */
  public static TunDevice open(String pattern) throws NetlinkException {
    int descriptor = LibC.INSTANCE.open(CLONE, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) {
      throw new NetlinkException("open " + CLONE, LibC.errno());
    }
    NetlinkConnection routes = null;
    try {
      Pointer request = ifreq(pattern);
      request.putShort(IFNAMSIZ, (short) (IFF_TUN | IFF_NO_PI));
      if (LibC.INSTANCE.ioctl(descriptor, TUNSETIFF, request) < 0) {
        throw new NetlinkException("a new TUN device", LibC.errno());
      }
      String name = request.getString(0, IFNAMSIZ, StandardCharsets.ISO_8859_1);
      NetlinkSocket socket = NetlinkSocket.open(NETLINK_ROUTE);
      routes = new NetlinkConnection(socket);
      socket.receiveTimeout(TIMEOUT);
      TunDevice device = new TunDevice(descriptor, name, indexOf(name), routes);
      device.prepare();
      return device;
    } catch (NetlinkException e) {
      if (routes != null) {
        routes.close();
      }
      LibC.INSTANCE.close(descriptor);
      throw e;
    }
  }

  private static Pointer ifreq(String name) {
    byte[] octets = name.getBytes(StandardCharsets.ISO_8859_1);
    if (octets.length >= IFNAMSIZ) {
      throw new IllegalArgumentException("device name " + name);
    }
    Pointer request = Memory.allocateDirect(LibC.RUNTIME, IFREQ);
    request.setMemory(0, IFREQ, (byte) 0);
    request.put(0, octets, 0, octets.length);
    return request;
  }

  private static int indexOf(String name) throws NetlinkException {
    int socket = LibC.INSTANCE.socket(AF_INET, SOCK_DGRAM_CLOEXEC, 0);
    if (socket < 0) {
      throw new NetlinkException("socket", LibC.errno());
    }
    try {
      Pointer request = ifreq(name);
      if (LibC.INSTANCE.ioctl(socket, SIOCGIFINDEX, request) < 0) {
        throw new NetlinkException("the index of device " + name, LibC.errno());
      }
      return request.getInt(IFNAMSIZ);
    } finally {
      LibC.INSTANCE.close(socket);
    }
  }

  private void prepare() throws NetlinkException {
    Optional<KernelError> error = routes.execute(new NoOwnAddresses(index), reply -> {});
    // A kernel without IPv6 makes no IPv6 addresses anyway.
    if (error.isPresent() && error.get().errno() != Errno.EAFNOSUPPORT) {
      throw refused("the address mode", error.get());
    }
    execute("setting up", new BringUp(index));
  }

  public String name() {
    return name;
  }

  public int index() {
    return index;
  }

  /**
   * From now on packets to this address come here. Should the device be taken down, they are
   * dropped: they never take another way.
   */
  public void attract(InetAddress host) throws NetlinkException {
    HostRoute drop = new HostRoute(true, host, HostRoute.MAIN, 0);
    execute("a dropping route to " + host.getHostAddress(), drop);
    dropped.add(drop);
    execute(
        "a route to " + host.getHostAddress(), new HostRoute(true, host, HostRoute.LOCAL, index));
  }

  private void execute(String what, NetlinkRequest request) throws NetlinkException {
    Optional<KernelError> error = routes.execute(request, reply -> {});
    if (error.isPresent()) {
      throw refused(what, error.get());
    }
  }

  private NetlinkException refused(String what, KernelError error) {
    String words = error.message().map(text -> " (" + text + ")").orElse("");
    return new NetlinkException(what + " of device " + name + words, error.errno());
  }

  /**
   * The next packet, good until the next call; empty when there is none yet. The buffer's octets
   * are in network order.
   */
  public Optional<ByteBuffer> read() throws NetlinkException {
    while (true) {
      long length = LibC.INSTANCE.read(descriptor, address, MOST);
      if (length >= 0) {
        return Optional.of(packet.clear().limit((int) length));
      }
      int errno = LibC.errno();
      if (errno == Errno.EAGAIN) {
        return Optional.empty();
      }
      if (errno != Errno.EINTR) {
        throw new NetlinkException("read of device " + name, errno);
      }
    }
  }

  /** Waits so long for a packet; whether there is one. */
  public boolean await(int milliseconds) throws NetlinkException {
    polled.putInt(4, POLLIN);
    int count = LibC.INSTANCE.poll(polled, 1, milliseconds);
    if (count < 0 && LibC.errno() != Errno.EINTR) {
      throw new NetlinkException("poll of device " + name, LibC.errno());
    }
    return count > 0;
  }

  /** Removes the device and with it the routes that lead there. */
  @Override
  public void close() {
    LibC.INSTANCE.close(descriptor);
    try {
      for (HostRoute route : dropped) {
        // ESRCH where somebody else was faster.
        Optional<KernelError> gone =
            routes.execute(new HostRoute(false, route.host(), route.table(), 0), reply -> {});
        if (gone.isPresent() && gone.get().errno() != Errno.ESRCH) {
          throw new IllegalStateException(refused("removing a route", gone.get()));
        }
      }
    } catch (NetlinkException e) {
      throw new IllegalStateException("the routes of device " + name + " stay", e);
    } finally {
      routes.close();
    }
  }
}
