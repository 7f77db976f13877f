package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_GETSPDINFO (flags(4)): asks what the policy database holds; the reply is {@link
 * XfrmSpdInfo}.
 *
 * @param requestFlags the kernel puts them into the reply
 */
public record XfrmGetSpdInfo(int requestFlags) implements XfrmMessage {
  static XfrmGetSpdInfo decode(StructReader in) throws NetlinkCodecException {
    return new XfrmGetSpdInfo(in.s32("spdinfo flags"));
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.GETSPDINFO;
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
    return "the policy database";
  }
}
