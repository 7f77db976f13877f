package io.gkm.netlink.xfrm;

import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_NEWAE (struct xfrm_aevent_id): sets the sequence numbers and counters of an SA (with
 * NLM_F_REPLACE); the reply to {@link XfrmGetAe}; and the event that they have moved.
 */
public record XfrmNewAe(XfrmAe state) implements XfrmMessage {
  private static final int NLM_F_REPLACE = 0x100;

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.NEWAE;
  }

  /** The kernel refuses one without NLM_F_REPLACE. */
  @Override
  public int flags() {
    return NLM_F_REPLACE;
  }

  @Override
  public void encode(StructWriter out) {
    state.encode(out);
  }

  @Override
  public String operation() {
    return "set the replay state of";
  }

  @Override
  public String object() {
    return state.object();
  }
}
