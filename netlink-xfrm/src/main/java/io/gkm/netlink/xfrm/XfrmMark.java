package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * A mark to look for (struct xfrm_mark): a packet matches when its mark, masked, is the value.
 * Value and mask 0 match all.
 */
public record XfrmMark(int value, int mask) {
  public static final XfrmMark NONE = new XfrmMark(0, 0);

  static XfrmMark decode(StructReader in) throws NetlinkCodecException {
    return new XfrmMark(in.s32("xfrm_mark v"), in.s32("xfrm_mark m"));
  }

  void encode(StructWriter out) {
    if (!equals(NONE)) {
      out.attribute(XfrmAttributeType.MARK, () -> out.u32(value).u32(mask));
    }
  }
}
