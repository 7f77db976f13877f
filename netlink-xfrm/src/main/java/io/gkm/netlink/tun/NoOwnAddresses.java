package io.gkm.netlink.tun;

import io.gkm.netlink.NetlinkRequest;
import io.gkm.netlink.StructWriter;

/**
 * RTM_NEWLINK with IFLA_AF_SPEC, AF_INET6, IFLA_INET6_ADDR_GEN_MODE: a device makes no link-local
 * address when it comes up, so it sends nothing by itself.
 */
record NoOwnAddresses(int index) implements NetlinkRequest {
  private static final int RTM_NEWLINK = 16;
  private static final int IFLA_AF_SPEC = 26;
  private static final int AF_INET6 = 10;
  private static final int IFLA_INET6_ADDR_GEN_MODE = 8;
  private static final int MODE_NONE = 1;

  @Override
  public int typeNumber() {
    return RTM_NEWLINK;
  }

  @Override
  public void encode(StructWriter out) {
    out.zeros(4).u32(index).zeros(8);
    int families = out.beginAttribute(IFLA_AF_SPEC);
    int inet6 = out.beginAttribute(AF_INET6);
    int mode = out.beginAttribute(IFLA_INET6_ADDR_GEN_MODE);
    out.u8(MODE_NONE).endAttribute(mode);
    out.endAttribute(inet6).endAttribute(families);
  }
}
