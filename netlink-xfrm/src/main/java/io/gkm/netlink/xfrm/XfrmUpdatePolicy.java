package io.gkm.netlink.xfrm;

import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_UPDPOLICY (struct xfrm_userpolicy_info): puts a policy in the place of the one with its
 * identity, at once, or adds it where none is. Also the event of that.
 */
public record XfrmUpdatePolicy(XfrmPolicy policy) implements XfrmMessage {
  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.UPDPOLICY;
  }

  @Override
  public void encode(StructWriter out) {
    policy.encode(out);
  }

  @Override
  public String operation() {
    return "update";
  }

  @Override
  public String object() {
    return policy.id().toString();
  }
}
