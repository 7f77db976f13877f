package io.gkm.netlink.route;

import io.gkm.netlink.StructWriter;

/** RTM_DELLINK. */
record DeleteLink(int index) implements RouteRequest {
  @Override
  public int typeNumber() {
    return RouteMessageType.DELLINK;
  }

  @Override
  public void encode(StructWriter out) {
    IfInfo.encode(out, index, 0, 0);
  }

  @Override
  public String what() {
    return "delete link " + index;
  }
}
