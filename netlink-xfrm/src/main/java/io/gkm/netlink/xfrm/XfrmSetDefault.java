package io.gkm.netlink.xfrm;

import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_SETDEFAULT (struct xfrm_userpolicy_default): sets what happens to traffic that no policy
 * matches.
 */
public record XfrmSetDefault(XfrmDefaults defaults) implements XfrmMessage {
  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.SETDEFAULT;
  }

  @Override
  public void encode(StructWriter out) {
    defaults.encode(out);
  }

  @Override
  public String operation() {
    return "set";
  }

  @Override
  public String object() {
    return "the default policy";
  }
}
