package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRMA_REPLAY_VAL, sequence numbers with a window of at most 32 (struct xfrm_replay_state, 12
 * octets): oseq(4), seq(4), bitmap(4).
 *
 * @param outSequence of the packet sent last
 * @param inSequence the highest received
 * @param bitmap bit 0 is the highest received, bit 1 the one before it
 */
public record XfrmReplayState(int outSequence, int inSequence, int bitmap)
    implements XfrmAttribute {
  static XfrmReplayState decode(StructReader in) throws NetlinkCodecException {
    return new XfrmReplayState(in.s32("replay oseq"), in.s32("replay seq"), in.s32("bitmap"));
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.REPLAY_VAL.number();
  }

  @Override
  public void encode(StructWriter out) {
    out.u32(outSequence).u32(inSequence).u32(bitmap);
  }
}
