package io.gkm.netlink.xfrm;

import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_GETAE (struct xfrm_aevent_id): asks for the sequence numbers and counters of an SA; the
 * reply is {@link XfrmNewAe}.
 */
public record XfrmGetAe(XfrmAe state) implements XfrmMessage {
  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.GETAE;
  }

  @Override
  public void encode(StructWriter out) {
    state.encode(out);
  }

  @Override
  public String operation() {
    return "get the replay state of";
  }

  @Override
  public String object() {
    return state.object();
  }
}
