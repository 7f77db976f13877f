package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * Which traffic an SA or a policy is for (struct xfrm_selector, 56 octets): destination(16),
 * source(16), destination port(2), its mask(2), source port(2), its mask(2), all four in network
 * order, family(2), destination prefix(1), source prefix(1), protocol(1), pad(3), interface
 * index(4), user(4).
 *
 * @param family AF_INET 2, AF_INET6 10, or AF_UNSPEC 0: of an SA for inner packets of either family
 *     (with XFRM_STATE_AF_UNSPEC), else the kernel puts the SA's family there
 * @param sourcePort with its mask; a mask of 0 matches all ports, 0xffff one
 * @param protocol IP protocol, 0 any
 * @param interfaceIndex 0 any
 * @param user 0 any
 */
public record XfrmSelector(
    int family,
    InetAddress source,
    int sourcePrefix,
    InetAddress destination,
    int destinationPrefix,
    int sourcePort,
    int sourcePortMask,
    int destinationPort,
    int destinationPortMask,
    int protocol,
    int interfaceIndex,
    int user) {
  public XfrmSelector {
    if (family != XfrmAddresses.AF_UNSPEC) {
      XfrmAddresses.sameFamily("selector", source, destination);
      XfrmAddresses.prefix("selector source", source, sourcePrefix);
      XfrmAddresses.prefix("selector destination", destination, destinationPrefix);
      if (family != XfrmAddresses.family(source)) {
        throw new IllegalArgumentException("selector family " + family + " of " + source);
      }
    }
    XfrmRange.check("selector source prefix", sourcePrefix, 0xff);
    XfrmRange.check("selector destination prefix", destinationPrefix, 0xff);
    XfrmRange.check("selector source port", sourcePort, 0xffff);
    XfrmRange.check("selector source port mask", sourcePortMask, 0xffff);
    XfrmRange.check("selector destination port", destinationPort, 0xffff);
    XfrmRange.check("selector destination port mask", destinationPortMask, 0xffff);
    XfrmRange.check("selector protocol", protocol, 0xff);
  }

  /** Addresses alone: all protocols and ports. */
  public static XfrmSelector of(
      InetAddress source, int sourcePrefix, InetAddress destination, int destinationPrefix) {
    return new XfrmSelector(
        XfrmAddresses.family(source),
        source,
        sourcePrefix,
        destination,
        destinationPrefix,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  /** All traffic of the family of this address. */
  public static XfrmSelector any(InetAddress like) {
    InetAddress any = XfrmAddresses.any(like);
    return of(any, 0, any, 0);
  }

  /** All traffic of either family: struct xfrm_selector with zeros alone. */
  public static XfrmSelector unspecified(InetAddress like) {
    InetAddress any = XfrmAddresses.any(like);
    return new XfrmSelector(XfrmAddresses.AF_UNSPEC, any, 0, any, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** The same addresses with a protocol and ports. */
  public XfrmSelector with(int newProtocol, int sport, int sportMask, int dport, int dportMask) {
    return new XfrmSelector(
        family,
        source,
        sourcePrefix,
        destination,
        destinationPrefix,
        sport,
        sportMask,
        dport,
        dportMask,
        newProtocol,
        interfaceIndex,
        user);
  }

  /** The same on one interface. */
  public XfrmSelector on(int newInterfaceIndex) {
    return new XfrmSelector(
        family,
        source,
        sourcePrefix,
        destination,
        destinationPrefix,
        sourcePort,
        sourcePortMask,
        destinationPort,
        destinationPortMask,
        protocol,
        newInterfaceIndex,
        user);
  }

  static XfrmSelector decode(StructReader in) throws NetlinkCodecException {
    byte[] daddr = XfrmAddresses.raw(in, "sel daddr");
    byte[] saddr = XfrmAddresses.raw(in, "sel saddr");
    int dport = in.be16("sel dport");
    int dportMask = in.be16("sel dport_mask");
    int sport = in.be16("sel sport");
    int sportMask = in.be16("sel sport_mask");
    int family = in.u16("sel family");
    int prefixlenD = in.u8("sel prefixlen_d");
    int prefixlenS = in.u8("sel prefixlen_s");
    int proto = in.u8("sel proto");
    in.skip("sel padding", 3);
    return new XfrmSelector(
        family,
        XfrmAddresses.decodeBare(saddr, family),
        prefixlenS,
        XfrmAddresses.decodeBare(daddr, family),
        prefixlenD,
        sport,
        sportMask,
        dport,
        dportMask,
        proto,
        in.s32("sel ifindex"),
        in.s32("sel user"));
  }

  void encode(StructWriter out) {
    XfrmAddresses.encode(destination, out);
    XfrmAddresses.encode(source, out);
    out.be16(destinationPort).be16(destinationPortMask).be16(sourcePort).be16(sourcePortMask);
    out.u16(family).u8(destinationPrefix).u8(sourcePrefix);
    out.u8(protocol).zeros(3).u32(interfaceIndex).u32(user);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(source.getHostAddress()).append('/').append(sourcePrefix);
    text.append(" -> ").append(destination.getHostAddress()).append('/').append(destinationPrefix);
    if (protocol != 0) {
      text.append(" proto ").append(protocol);
    }
    if (sourcePortMask != 0) {
      text.append(" sport ").append(ports(sourcePort, sourcePortMask));
    }
    if (destinationPortMask != 0) {
      text.append(" dport ").append(ports(destinationPort, destinationPortMask));
    }
    if (interfaceIndex != 0) {
      text.append(" dev ").append(interfaceIndex);
    }
    return text.toString();
  }

  private static String ports(int port, int mask) {
    return mask == 0xffff ? Integer.toString(port) : port + "/0x" + Integer.toHexString(mask);
  }
}
