package io.gkm.netlink.xfrm;

import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_UPDSA (struct xfrm_usersa_info): changes an SA that is there: limits, output mark,
 * encapsulation; never its keys or reqid. A larval state becomes the SA. Also the event of that.
 */
public record XfrmUpdateSa(XfrmSa sa) implements XfrmMessage {
  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.UPDSA;
  }

  @Override
  public void encode(StructWriter out) {
    sa.encode(out);
  }

  @Override
  public String operation() {
    return "update";
  }

  @Override
  public String object() {
    return sa.id().from(sa.source());
  }

  @Override
  public XfrmUpdateSa withoutKeys() {
    return new XfrmUpdateSa(sa.withoutKeys());
  }

  @Override
  public void wipe() {
    sa.wipe();
  }
}
