package io.gkm.netlink.xfrm;

import io.gkm.netlink.Errno;
import io.gkm.netlink.LibC;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.StructWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;

/**
 * A socket whose packets go through SAs that it names itself (IP_XFRM_POLICY, IPV6_XFRM_POLICY),
 * whatever the policies of the host say, out of one device. Its source address need not be one of
 * the host's. It sends one datagram, always the same, and receives nothing. Not for use by several
 * threads.
 */
public final class XfrmSocket implements AutoCloseable {
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_BINDTODEVICE = 25;
  private static final int IPPROTO_IP = 0;
  private static final int IP_XFRM_POLICY = 17;
  private static final int IP_TRANSPARENT = 19;
  private static final int IP_MULTICAST_LOOP = 34;
  private static final int IPPROTO_UDP = 17;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_MULTICAST_LOOP = 19;
  private static final int IPV6_XFRM_POLICY = 35;
  private static final int IPV6_TRANSPARENT = 75;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int SOCKADDR_IN = 16;
  private static final int SOCKADDR_IN6 = 28;
  private static final int PAYLOAD = 8;

  private final int descriptor;
  private final boolean six;
  private final Pointer destination;
  private final int destinationLength;
  private final Pointer payload = Memory.allocateDirect(LibC.RUNTIME, PAYLOAD);

  private XfrmSocket(int descriptor, byte[] destination, boolean six) {
    this.descriptor = descriptor;
    this.six = six;
    this.destination = Memory.allocateDirect(LibC.RUNTIME, destination.length);
    this.destination.put(0, destination, 0, destination.length);
    this.destinationLength = destination.length;
    payload.setMemory(0, PAYLOAD, (byte) 0);
  }

  /**
   * What its packets look like before any SA.
   *
   * @param ipProtocol with UDP (17) the ports count, else they are 0
   * @param sourcePort 0 lets the kernel choose
   */
  public record Packet(
      InetAddress source,
      InetAddress destination,
      int ipProtocol,
      int sourcePort,
      int destinationPort) {
    public Packet {
      XfrmAddresses.sameFamily("packet", source, destination);
      XfrmRange.check("protocol", ipProtocol, 0xff);
      XfrmRange.check("source port", sourcePort, 0xffff);
      XfrmRange.check("destination port", destinationPort, 0xffff);
    }
  }

  /**
   * Opens one in the calling thread's network namespace. Needs CAP_NET_ADMIN and, for other
   * protocols than UDP, CAP_NET_RAW.
   *
   * @param device the name of the device it sends from
   * @param deviceIndex its number
   */
  public static XfrmSocket open(String device, int deviceIndex, Packet packet)
      throws NetlinkException {
    boolean six = packet.destination() instanceof Inet6Address;
    boolean udp = packet.ipProtocol() == IPPROTO_UDP;
    int descriptor =
        LibC.INSTANCE.socket(
            XfrmAddresses.family(packet.destination()),
            (udp ? SOCK_DGRAM : SOCK_RAW) | SOCK_CLOEXEC,
            packet.ipProtocol());
    if (descriptor < 0) {
      throw new NetlinkException("socket of protocol " + packet.ipProtocol(), LibC.errno());
    }
    XfrmSocket socket =
        new XfrmSocket(
            descriptor,
            address(packet.destination(), udp ? packet.destinationPort() : 0, deviceIndex),
            six);
    try {
      socket.bind(device, address(packet.source(), udp ? packet.sourcePort() : 0, deviceIndex));
      return socket;
    } catch (NetlinkException e) {
      socket.close();
      throw e;
    }
  }

  private void bind(String device, byte[] source) throws NetlinkException {
    int level = six ? IPPROTO_IPV6 : IPPROTO_IP;
    option(SOL_SOCKET, SO_BINDTODEVICE, device.getBytes(StandardCharsets.ISO_8859_1));
    option(SOL_SOCKET, SO_REUSEADDR, number(1));
    option(level, six ? IPV6_TRANSPARENT : IP_TRANSPARENT, number(1));
    option(level, six ? IPV6_MULTICAST_LOOP : IP_MULTICAST_LOOP, number(0));
    if (LibC.INSTANCE.bind(descriptor, source, source.length) < 0) {
      throw new NetlinkException("bind of a socket", LibC.errno());
    }
  }

  /** From now on its packets go through these, the first one innermost; all are required. */
  public void through(XfrmTemplate... templates) throws NetlinkException {
    XfrmPolicyId id =
        XfrmPolicyId.of(XfrmSelector.any(templates[0].destination()), XfrmDirection.OUT);
    try (StructWriter out = new StructWriter()) {
      XfrmPolicy.protect(id, 1, templates).info().encode(out);
      new XfrmTemplates(List.of(templates)).encode(out);
      option(
          six ? IPPROTO_IPV6 : IPPROTO_IP, six ? IPV6_XFRM_POLICY : IP_XFRM_POLICY, out.toBytes());
    }
  }

  /**
   * Sends a datagram; the kernel has passed it on when this returns.
   *
   * @return the error number where the kernel did not, see {@link Errno}
   */
  public OptionalInt send() {
    while (true) {
      long sent =
          LibC.INSTANCE.sendto(
              descriptor, payload, PAYLOAD, MSG_DONTWAIT, destination, destinationLength);
      if (sent >= 0) {
        return OptionalInt.empty();
      }
      int errno = LibC.errno();
      if (errno != Errno.EINTR) {
        return OptionalInt.of(errno);
      }
    }
  }

  private void option(int level, int name, byte[] value) throws NetlinkException {
    if (LibC.INSTANCE.setsockopt(descriptor, level, name, value, value.length) < 0) {
      throw new NetlinkException("socket option " + level + "/" + name, LibC.errno());
    }
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(value).array();
  }

  /**
   * struct sockaddr_in: family(2), port(2, network order), address(4), zeros(8). struct
   * sockaddr_in6: family(2), port(2, network order), flow(4), address(16), scope(4).
   */
  private static byte[] address(InetAddress address, int port, int scope) {
    boolean six = address instanceof Inet6Address;
    ByteBuffer out = ByteBuffer.allocate(six ? SOCKADDR_IN6 : SOCKADDR_IN);
    out.order(ByteOrder.nativeOrder()).putShort((short) XfrmAddresses.family(address));
    out.order(ByteOrder.BIG_ENDIAN).putShort((short) port);
    if (six) {
      out.putInt(0);
    }
    out.put(address.getAddress());
    if (six) {
      out.order(ByteOrder.nativeOrder()).putInt(scope);
    }
    return out.array();
  }

  @Override
  public void close() {
    LibC.INSTANCE.close(descriptor);
  }
}
