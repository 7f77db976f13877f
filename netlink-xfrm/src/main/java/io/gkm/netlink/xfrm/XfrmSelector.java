package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * Which traffic an SA or a policy is for (struct xfrm_selector, 56 octets).
 *
 * @param sourcePort with its mask; a mask of 0 matches all ports, 0xffff one
 * @param protocol IP protocol, 0 any
 * @param interfaceIndex 0 any
 * @param user 0 any
 */
public record XfrmSelector(
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
  /** Addresses alone: all protocols and ports. */
  public static XfrmSelector of(
      InetAddress source, int sourcePrefix, InetAddress destination, int destinationPrefix) {
    return new XfrmSelector(
        source, sourcePrefix, destination, destinationPrefix, 0, 0, 0, 0, 0, 0, 0);
  }

  /** The same addresses with a protocol and ports. */
  public XfrmSelector with(int newProtocol, int sport, int sportMask, int dport, int dportMask) {
    return new XfrmSelector(
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
        XfrmAddresses.decode(saddr, family),
        prefixlenS,
        XfrmAddresses.decode(daddr, family),
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
    out.u16(XfrmAddresses.family(destination)).u8(destinationPrefix).u8(sourcePrefix);
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
