package io.gkm.dataplane;

import io.gkm.group.Prefix;
import java.net.InetAddress;

/**
 * The traffic of one XFRM policy or state: {@code struct xfrm_selector} without interface and user.
 *
 * @param ipProtocol IP protocol number, 0 for any
 */
record KernelSelector(
    Prefix source,
    Prefix destination,
    int ipProtocol,
    PortMask sourcePort,
    PortMask destinationPort) {
  /** IPPROTO_ICMPV6. */
  static final int ICMPV6 = 58;

  /** The same addresses, another protocol, any port. */
  KernelSelector withProtocol(int newProtocol) {
    return new KernelSelector(source, destination, newProtocol, PortMask.ANY, PortMask.ANY);
  }

  /**
   * The same addresses, ICMPv6 messages of this type. The kernel matches the type as source port,
   * the code as destination port ({@code xfrm_flowi_sport}, include/net/xfrm.h).
   */
  KernelSelector withIcmpv6Type(int type) {
    return new KernelSelector(
        source, destination, ICMPV6, new PortMask(type, 0xffff), PortMask.ANY);
  }

  /** Whether the kernel finds this selector for a packet. */
  boolean matches(InetAddress from, InetAddress to, int protocol, int fromPort, int toPort) {
    return source.contains(from)
        && destination.contains(to)
        && (ipProtocol == 0 || ipProtocol == protocol)
        && sourcePort.matches(fromPort)
        && destinationPort.matches(toPort);
  }

  /** Whether all that matches the other one matches this one. */
  boolean contains(KernelSelector other) {
    return source.contains(other.source)
        && destination.contains(other.destination)
        && (ipProtocol == 0 || ipProtocol == other.ipProtocol)
        && sourcePort.contains(other.sourcePort)
        && destinationPort.contains(other.destinationPort);
  }

  /** Whether some packet matches both. */
  boolean overlaps(KernelSelector other) {
    return overlap(source, other.source)
        && overlap(destination, other.destination)
        && (ipProtocol == 0 || other.ipProtocol == 0 || ipProtocol == other.ipProtocol)
        && sourcePort.overlaps(other.sourcePort)
        && destinationPort.overlaps(other.destinationPort);
  }

  private static boolean overlap(Prefix one, Prefix other) {
    return one.contains(other.address()) || other.contains(one.address());
  }

  @Override
  public String toString() {
    String text = source + " -> " + destination + " proto " + ipProtocol;
    return sourcePort.mask() == 0 && destinationPort.mask() == 0
        ? text
        : text + " ports " + sourcePort + " -> " + destinationPort;
  }
}
