package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmMark;

/** Marks to look for, as the kernel compares them. */
final class Marks {
  private Marks() {}

  static XfrmMark of(XfrmAttributes attributes) {
    return attributes.find(XfrmMark.class).orElse(XfrmMark.NONE);
  }

  /** As it is kept: the value has no bits outside of the mask. */
  static XfrmMark masked(XfrmMark mark) {
    return new XfrmMark(mark.value() & mark.mask(), mark.mask());
  }

  /** Whether something with this mark, asked for by value under its mask, is what was found. */
  static boolean matches(XfrmMark asked, XfrmMark found) {
    return matches(asked.value() & asked.mask(), found);
  }

  /** Whether a packet's mark is one that is looked for. */
  static boolean matches(int packet, XfrmMark found) {
    return (packet & found.mask()) == found.value();
  }
}
