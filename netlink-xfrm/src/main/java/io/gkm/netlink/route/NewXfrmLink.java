package io.gkm.netlink.route;

import io.gkm.netlink.StructWriter;

/** RTM_NEWLINK of an xfrm interface: {@code ip link add NAME type xfrm dev PARENT if_id ID}. */
record NewXfrmLink(String name, XfrmInterface content) implements RouteRequest {
  NewXfrmLink {
    RouteAttributes.linkName(name);
    if (content.id() == 0 || content.parent() < 0) {
      throw new IllegalArgumentException("xfrm interface " + name + ": " + content);
    }
  }

  @Override
  public int typeNumber() {
    return RouteMessageType.NEWLINK;
  }

  @Override
  public int flags() {
    return F_CREATE | F_EXCL;
  }

  @Override
  public void encode(StructWriter out) {
    IfInfo.encode(out, 0, 0, 0);
    RouteAttributes.text(out, Link.IFLA_IFNAME, name);
    int info = out.beginAttribute(Link.IFLA_LINKINFO);
    int kind = out.beginAttribute(Link.IFLA_INFO_KIND);
    out.text(XfrmInterface.KIND).endAttribute(kind);
    int data = out.beginAttribute(Link.IFLA_INFO_DATA);
    content.encode(out);
    out.endAttribute(data).endAttribute(info);
  }

  @Override
  public String what() {
    return "create xfrm interface " + name + " (" + content + ")";
  }
}
