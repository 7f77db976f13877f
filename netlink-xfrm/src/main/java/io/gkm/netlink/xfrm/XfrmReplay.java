package io.gkm.netlink.xfrm;

/**
 * Sequence numbers and the window against replay of an SA, whichever way they are written: in
 * struct xfrm_usersa_info and {@link XfrmReplayState}, or in {@link XfrmReplayEsn}.
 *
 * @param window in packets; 0 checks nothing
 * @param outSequence of the packet sent last; above 32 bits with extended numbers alone
 * @param inSequence the highest received
 */
public record XfrmReplay(int window, long outSequence, long inSequence) {
  /** The largest window that struct xfrm_usersa_info itself is used for. */
  static final int MAX_SMALL = 32;

  public XfrmReplay {
    XfrmRange.check("replay window", window, XfrmReplayEsn.MAX_WINDOW);
  }

  public static XfrmReplay window(int window) {
    return new XfrmReplay(window, 0, 0);
  }

  /** The window that stands in struct xfrm_usersa_info: one in its own attribute excludes it. */
  int smallWindow(boolean extended) {
    return extended || window > MAX_SMALL ? 0 : window;
  }

  /** These numbers as attributes; none where the struct says all. */
  XfrmAttributes attributes(boolean extended) {
    if (extended || window > MAX_SMALL) {
      return XfrmAttributes.of(XfrmReplayEsn.of(window, outSequence, inSequence));
    }
    if (outSequence == 0 && inSequence == 0) {
      return XfrmAttributes.NONE;
    }
    if (outSequence >>> 32 != 0 || inSequence >>> 32 != 0) {
      throw new IllegalArgumentException("sequence numbers above 32 bits need the flag ESN");
    }
    return XfrmAttributes.of(new XfrmReplayState((int) outSequence, (int) inSequence, 0));
  }
}
