package io.gkm.netlink.mroute;

import io.gkm.netlink.StructWriter;

/**
 * A link that takes part in multicast routing (struct vifctl, struct mif6ctl).
 *
 * @param number 0 to 31, by which routes name it
 * @param link index; of IPv6 it has room for 16 bits
 * @param threshold IPv4: least TTL; routes of ours say it again and decide
 */
record MulticastVif(int number, int link, int threshold) {
  /** MAXVIFS and MAXMIFS. */
  static final int MAX = 32;

  private static final int VIFF_USE_IFINDEX = 8;

  MulticastVif {
    if (number < 0 || number >= MAX || link <= 0) {
      throw new IllegalArgumentException("multicast interface " + number + " of link " + link);
    }
  }

  /** Number(2), flags(1), threshold(1), rate limit(4), link(4), other end of a tunnel(4). */
  byte[] encodeIpv4() {
    try (StructWriter out = new StructWriter()) {
      out.u16(number).u8(VIFF_USE_IFINDEX).u8(threshold).u32(0).u32(link).u32(0);
      return out.toBytes();
    }
  }

  /** Number(2), flags(1), threshold(1), link(2), padding(2), rate limit(4). */
  byte[] encodeIpv6() {
    try (StructWriter out = new StructWriter()) {
      out.u16(number).u8(0).u8(threshold).u16(link).zeros(2).u32(0);
      return out.toBytes();
    }
  }
}
