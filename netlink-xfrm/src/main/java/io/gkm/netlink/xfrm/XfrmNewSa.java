package io.gkm.netlink.xfrm;

import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_NEWSA (struct xfrm_usersa_info): adds an SA, refused where its identity is taken; the
 * reply to a get, an allocation or a dump; and the event that an SA was added.
 */
public record XfrmNewSa(XfrmSa sa) implements XfrmMessage {
  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.NEWSA;
  }

  @Override
  public void encode(StructWriter out) {
    sa.encode(out);
  }

  @Override
  public String operation() {
    return "add";
  }

  @Override
  public String object() {
    return sa.id().from(sa.source());
  }

  @Override
  public XfrmNewSa withoutKeys() {
    return new XfrmNewSa(sa.withoutKeys());
  }

  @Override
  public void wipe() {
    sa.wipe();
  }
}
