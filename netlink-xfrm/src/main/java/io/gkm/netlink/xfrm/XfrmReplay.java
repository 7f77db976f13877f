package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * Sequence numbers and the window against replay (struct xfrm_replay_state_esn): bitmap words(4),
 * oseq(4), seq(4), oseq_hi(4), seq_hi(4), window(4), bitmap.
 *
 * @param window in packets; 0 checks nothing
 */
public record XfrmReplay(int window, int outSequence, int inSequence) {
  /** The largest window that struct xfrm_usersa_info itself can carry. */
  private static final int MAX_SMALL = 32;

  /** XFRMA_REPLAY_ESN_MAX. */
  private static final int MAX = 4096;

  public XfrmReplay {
    if (window < 0 || window > MAX) {
      throw new IllegalArgumentException(
          "replay window " + window + ", 0 to " + MAX + " are right");
    }
  }

  /** Whether struct xfrm_usersa_info can carry the window. */
  boolean isSmall() {
    return window <= MAX_SMALL;
  }

  public static XfrmReplay window(int window) {
    return new XfrmReplay(window, 0, 0);
  }

  static XfrmReplay decode(StructReader in) throws NetlinkCodecException {
    in.skip("bmp_len", 4);
    int oseq = in.s32("oseq");
    int seq = in.s32("seq");
    in.skip("oseq_hi, seq_hi", 8);
    long window = in.u32("replay_window");
    if (window > MAX) {
      throw new NetlinkCodecException("replay_window", Long.toString(window));
    }
    return new XfrmReplay((int) window, oseq, seq);
  }

  /** Without the ESN flag on the SA the kernel keeps 32-bit numbers with a large window. */
  void encode(StructWriter out) {
    if (!isSmall()) {
      int words = (window + 31) / 32;
      out.attribute(
          XfrmAttributeType.REPLAY_ESN_VAL,
          () -> {
            out.u32(words).u32(outSequence).u32(inSequence).u32(0).u32(0).u32(window);
            out.zeros(words * 4);
          });
    }
  }
}
