package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.xfrm.XfrmSelector;
import java.net.InetAddress;

/**
 * A packet as policies see it.
 *
 * @param protocol IP protocol
 * @param sourcePort 0 where the protocol has none
 * @param interfaceIndex of the interface, 0 where it does not matter
 */
public record FakePacket(
    InetAddress source,
    InetAddress destination,
    int protocol,
    int sourcePort,
    int destinationPort,
    int interfaceIndex) {
  /** A UDP packet on any interface. */
  public static FakePacket udp(InetAddress source, InetAddress destination, int destinationPort) {
    return new FakePacket(source, destination, 17, 40000, destinationPort, 0);
  }

  /** As xfrm_selector_match: prefixes, protocol, ports under their masks, interface. */
  boolean matches(XfrmSelector selector) {
    return prefix(source, selector.source(), selector.sourcePrefix())
        && prefix(destination, selector.destination(), selector.destinationPrefix())
        && (selector.protocol() == 0 || selector.protocol() == protocol)
        && ((sourcePort ^ selector.sourcePort()) & selector.sourcePortMask()) == 0
        && ((destinationPort ^ selector.destinationPort()) & selector.destinationPortMask()) == 0
        && (selector.interfaceIndex() == 0 || selector.interfaceIndex() == interfaceIndex);
  }

  static boolean prefix(InetAddress address, InetAddress net, int length) {
    byte[] a = address.getAddress();
    byte[] b = net.getAddress();
    if (a.length != b.length) {
      return false;
    }
    for (int bit = 0; bit < length; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((a[bit / 8] ^ b[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
