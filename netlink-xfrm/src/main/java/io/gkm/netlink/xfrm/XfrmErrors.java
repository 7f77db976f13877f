package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * Packets that an SA refused (struct xfrm_stats), each 32 bits without sign.
 *
 * @param replayWindow below the window: too old to tell
 * @param replay seen before
 * @param integrityFailed with a wrong ICV
 */
public record XfrmErrors(long replayWindow, long replay, long integrityFailed) {
  public static final XfrmErrors NONE = new XfrmErrors(0, 0, 0);

  static XfrmErrors decode(StructReader in) throws NetlinkCodecException {
    return new XfrmErrors(
        in.u32("stats replay_window"), in.u32("stats replay"), in.u32("stats integrity_failed"));
  }

  void encode(StructWriter out) {
    out.u32(replayWindow).u32(replay).u32(integrityFailed);
  }
}
