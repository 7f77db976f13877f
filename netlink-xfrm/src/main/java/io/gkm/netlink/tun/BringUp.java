package io.gkm.netlink.tun;

import io.gkm.netlink.NetlinkRequest;
import io.gkm.netlink.StructWriter;

/**
 * RTM_NEWLINK (struct ifinfomsg: family(1), pad(1), type(2), index(4), flags(4), mask of the flags
 * to change(4)): sets a device up.
 */
record BringUp(int index) implements NetlinkRequest {
  private static final int RTM_NEWLINK = 16;
  private static final int IFF_UP = 1;

  @Override
  public int typeNumber() {
    return RTM_NEWLINK;
  }

  @Override
  public void encode(StructWriter out) {
    out.zeros(4).u32(index).u32(IFF_UP).u32(IFF_UP);
  }
}
