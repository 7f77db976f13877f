package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * XFRMA_REPLAY_ESN_VAL, sequence numbers with a window of any size, with or without extended
 * numbers (struct xfrm_replay_state_esn): bitmap words(4), oseq(4), seq(4), oseq_hi(4), seq_hi(4),
 * window(4), bitmap.
 *
 * @param words of the bitmap, 32 packets each; 4096 packets at most (XFRMA_REPLAY_ESN_MAX)
 * @param outSequence 64 bits; the high 32 count with extended numbers alone
 * @param inSequence as outSequence, the highest received
 * @param window in packets; 0 checks nothing
 * @param bitmap as many words as said, or none: all zero
 */
public record XfrmReplayEsn(
    int words, long outSequence, long inSequence, int window, List<Integer> bitmap)
    implements XfrmAttribute {
  /** The largest window. */
  public static final int MAX_WINDOW = 4096;

  private static final int WORD = 32;
  private static final long LOW = 0xffffffffL;

  public XfrmReplayEsn {
    bitmap = List.copyOf(bitmap);
    XfrmRange.check("replay bitmap words", words, MAX_WINDOW / WORD);
    XfrmRange.check("replay window", window, MAX_WINDOW);
    if (!bitmap.isEmpty() && bitmap.size() != words) {
      throw new IllegalArgumentException(
          "a replay bitmap of " + bitmap.size() + " words, " + words + " are said");
    }
  }

  /** A new window at these numbers. */
  public static XfrmReplayEsn of(int window, long outSequence, long inSequence) {
    return new XfrmReplayEsn(
        (window + WORD - 1) / WORD, outSequence, inSequence, window, List.of());
  }

  static XfrmReplayEsn decode(StructReader in) throws NetlinkCodecException {
    long words = in.u32("bmp_len");
    long outLow = in.u32("oseq");
    long inLow = in.u32("seq");
    long out = in.u32("oseq_hi") << 32 | outLow;
    long received = in.u32("seq_hi") << 32 | inLow;
    long window = in.u32("replay_window");
    if (words > MAX_WINDOW / WORD || window > MAX_WINDOW) {
      throw in.malformed("replay window", words + " words, window " + window);
    }
    List<Integer> bitmap = new ArrayList<>();
    if (in.remaining() > 0) {
      for (int i = 0; i < words; i++) {
        bitmap.add(in.s32("replay bitmap"));
      }
    }
    return new XfrmReplayEsn((int) words, out, received, (int) window, bitmap);
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.REPLAY_ESN_VAL.number();
  }

  @Override
  public void encode(StructWriter out) {
    out.u32(words).u32(outSequence & LOW).u32(inSequence & LOW);
    out.u32(outSequence >>> 32).u32(inSequence >>> 32).u32(window);
    for (int word : bitmap) {
      out.u32(word);
    }
  }
}
