package io.gkm.netlink.xfrm;

import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_NEWPOLICY (struct xfrm_userpolicy_info): adds a policy, refused where its identity is
 * taken; the reply to a get or a dump; and the event that a policy was added.
 */
public record XfrmNewPolicy(XfrmPolicy policy) implements XfrmMessage {
  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.NEWPOLICY;
  }

  @Override
  public void encode(StructWriter out) {
    policy.encode(out);
  }

  @Override
  public String operation() {
    return "add";
  }

  @Override
  public String object() {
    return policy.id().toString();
  }
}
