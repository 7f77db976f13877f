package io.gkm.netlink.route;

import io.gkm.netlink.StructWriter;

/**
 * RTM_GETLINK of one link.
 *
 * @param index 0 where the name says which
 * @param name empty where the index says which
 */
record GetLink(int index, String name) implements RouteRequest {
  static GetLink of(int index) {
    if (index <= 0) {
      throw new IllegalArgumentException("link " + index);
    }
    return new GetLink(index, "");
  }

  static GetLink of(String name) {
    return new GetLink(0, RouteAttributes.linkName(name));
  }

  @Override
  public int typeNumber() {
    return RouteMessageType.GETLINK;
  }

  @Override
  public void encode(StructWriter out) {
    IfInfo.encode(out, index, 0, 0);
    if (!name.isEmpty()) {
      RouteAttributes.text(out, Link.IFLA_IFNAME, name);
    }
    IfInfo.withoutStatistics(out);
  }

  @Override
  public String what() {
    return "get link " + (name.isEmpty() ? Integer.toString(index) : name);
  }
}
