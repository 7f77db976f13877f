package io.gkm.dataplane.iv;

import io.gkm.netlink.xfrm.XfrmSelector;
import io.gkm.netlink.xfrm.XfrmSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Chooses a packet that an SA's selector lets into the SA. */
final class ProbeFlow {
  private static final int UDP = 17;

  /** UDP's discard port. */
  private static final int ANY_PORT = 9;

  /** Nobody's address (RFC 5737). */
  private static final byte[] ANY_SOURCE4 = {(byte) 203, 0, 113, (byte) 253};

  /** Of the prefix whose packets are dropped (RFC 6666): 100::fffd. */
  private static final byte[] ANY_SOURCE6 = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -3};

  private ProbeFlow() {}

  /**
   * Such a packet, with an address of the selector as its source; it need not be the host's.
   *
   * @param destination the SA's
   * @throws DrawingException for ports of a protocol other than UDP
   */
  static XfrmSocket.Packet of(XfrmSelector selector, InetAddress destination)
      throws DrawingException {
    boolean ports = selector.sourcePortMask() != 0 || selector.destinationPortMask() != 0;
    if (ports && selector.protocol() != UDP && selector.protocol() != 0) {
      throw new DrawingException(
          "its IVs cannot be seen: no packet can be made for ports of IP protocol "
              + selector.protocol());
    }
    int port = selector.destinationPort() & selector.destinationPortMask();
    return new XfrmSocket.Packet(
        source(selector, destination),
        destination,
        selector.protocol() == 0 ? UDP : selector.protocol(),
        selector.sourcePort() & selector.sourcePortMask(),
        // Nobody can send to port 0.
        port == 0 ? anyPort(selector.destinationPortMask()) : port);
  }

  private static InetAddress source(XfrmSelector selector, InetAddress destination) {
    if (selector.sourcePrefix() != 0) {
      return selector.source();
    }
    try {
      return InetAddress.getByAddress(
          destination instanceof Inet6Address ? ANY_SOURCE6 : ANY_SOURCE4);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are an address", e);
    }
  }

  /** A port that is 0 where the mask counts. */
  private static int anyPort(int mask) {
    int port = ANY_PORT & ~mask;
    return port == 0 ? Integer.lowestOneBit(~mask & 0xffff) : port;
  }
}
