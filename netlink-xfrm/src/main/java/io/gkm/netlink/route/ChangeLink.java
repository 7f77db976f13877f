package io.gkm.netlink.route;

import io.gkm.netlink.StructWriter;
import java.util.Optional;
import java.util.OptionalLong;

/** RTM_NEWLINK of a link that is there: up or down, its MTU. */
record ChangeLink(int index, Optional<Boolean> up, OptionalLong mtu) implements RouteRequest {
  @Override
  public int typeNumber() {
    return RouteMessageType.NEWLINK;
  }

  @Override
  public void encode(StructWriter out) {
    IfInfo.encode(out, index, up.orElse(false) ? Link.IFF_UP : 0, up.isPresent() ? Link.IFF_UP : 0);
    if (mtu.isPresent()) {
      RouteAttributes.u32(out, Link.IFLA_MTU, mtu.getAsLong());
    }
  }

  @Override
  public String what() {
    StringBuilder what = new StringBuilder("set link " + index);
    up.ifPresent(value -> what.append(value ? " up" : " down"));
    mtu.ifPresent(value -> what.append(" mtu ").append(value));
    return what.toString();
  }
}
