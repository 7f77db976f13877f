package io.gkm.netlink.route;

import io.gkm.netlink.StructWriter;

/** RTM_GETLINK of all links. */
record DumpLinks() implements RouteRequest {
  @Override
  public int typeNumber() {
    return RouteMessageType.GETLINK;
  }

  @Override
  public void encode(StructWriter out) {
    IfInfo.encode(out, 0, 0, 0);
    IfInfo.withoutStatistics(out);
  }

  @Override
  public String what() {
    return "list links";
  }
}
