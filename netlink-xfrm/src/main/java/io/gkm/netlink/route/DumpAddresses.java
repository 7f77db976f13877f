package io.gkm.netlink.route;

import io.gkm.netlink.StructWriter;

/** RTM_GETADDR of all addresses, of every family. */
record DumpAddresses() implements RouteRequest {
  @Override
  public int typeNumber() {
    return RouteMessageType.GETADDR;
  }

  /** struct ifaddrmsg: family, prefix length, flags, scope, index(4). */
  @Override
  public void encode(StructWriter out) {
    out.zeros(8);
  }

  @Override
  public String what() {
    return "list addresses";
  }
}
