package io.gkm.netlink.route;

import io.gkm.netlink.StructWriter;

/** struct ifinfomsg of linux/rtnetlink.h, 16 octets. */
final class IfInfo {
  /** IFLA_EXT_MASK and its bit that leaves statistics out of an answer. */
  private static final int IFLA_EXT_MASK = 29;

  private static final int RTEXT_FILTER_SKIP_STATS = 8;

  private IfInfo() {}

  /** Family, padding, type(2), index(4), flags(4), which of the flags to change(4). */
  static void encode(StructWriter out, int index, int flags, int change) {
    out.u8(0).u8(0).u16(0).u32(index).u32(flags).u32(change);
  }

  static void withoutStatistics(StructWriter out) {
    RouteAttributes.u32(out, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
  }
}
