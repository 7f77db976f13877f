package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_GETSADINFO (flags(4)): asks what the SA database holds; the reply is {@link
 * XfrmSadInfo}.
 *
 * @param requestFlags the kernel puts them into the reply
 */
public record XfrmGetSadInfo(int requestFlags) implements XfrmMessage {
  static XfrmGetSadInfo decode(StructReader in) throws NetlinkCodecException {
    return new XfrmGetSadInfo(in.s32("sadinfo flags"));
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.GETSADINFO;
  }

  @Override
  public void encode(StructWriter out) {
    out.u32(requestFlags);
  }

  @Override
  public String operation() {
    return "get";
  }

  @Override
  public String object() {
    return "the SA database";
  }
}
