package io.gkm.netlink.route;

import io.gkm.netlink.NetlinkAttribute;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * What makes a link an xfrm interface (IFLA_XFRM_* of linux/if_link.h): what is routed into it is
 * looked up in the policies and SAs with its interface id, and dropped where there are none.
 *
 * @param parent index of the link that the protected packets leave by; 0: by any
 * @param id if_id of policies and SAs; 32 bits, 0 only of one in the collect-metadata mode
 */
public record XfrmInterface(int parent, int id) {
  /** IFLA_INFO_KIND of these links. */
  public static final String KIND = "xfrm";

  private static final int LINK = 1;
  private static final int IF_ID = 2;

  static XfrmInterface decode(StructReader data) throws NetlinkCodecException {
    int parent = 0;
    int id = 0;
    while (data.remaining() > 0) {
      NetlinkAttribute attribute = NetlinkAttribute.decode(data);
      switch (attribute.type()) {
        case LINK -> parent = attribute.value().s32("IFLA_XFRM_LINK");
        case IF_ID -> id = attribute.value().s32("IFLA_XFRM_IF_ID");
        // The collect-metadata mode is for tunnels that eBPF or routes steer.
        default -> {}
      }
    }
    return new XfrmInterface(parent, id);
  }

  void encode(StructWriter out) {
    RouteAttributes.u32(out, IF_ID, id);
    RouteAttributes.u32(out, LINK, parent);
  }

  @Override
  public String toString() {
    return "if_id 0x" + Integer.toHexString(id) + " over link " + parent;
  }
}
