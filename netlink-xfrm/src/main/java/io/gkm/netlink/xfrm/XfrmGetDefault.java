package io.gkm.netlink.xfrm;

import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_GETDEFAULT (struct xfrm_userpolicy_default): asks what happens to traffic that no policy
 * matches; the reply; and the event that it was changed.
 */
public record XfrmGetDefault(XfrmDefaults defaults) implements XfrmMessage {
  /** The request. */
  public static final XfrmGetDefault REQUEST = new XfrmGetDefault(XfrmDefaults.UNSPECIFIED);

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.GETDEFAULT;
  }

  @Override
  public void encode(StructWriter out) {
    defaults.encode(out);
  }

  @Override
  public String operation() {
    return "get";
  }

  @Override
  public String object() {
    return "the default policy";
  }
}
