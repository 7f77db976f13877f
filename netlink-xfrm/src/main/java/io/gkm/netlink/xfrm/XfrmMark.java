package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRMA_MARK, a mark to look for (struct xfrm_mark): a packet matches when its mark, masked, is the
 * value. Value and mask 0 match all. Each 32 bits.
 */
public record XfrmMark(int value, int mask) implements XfrmAttribute {
  public static final XfrmMark NONE = new XfrmMark(0, 0);

  static XfrmMark decode(StructReader in) throws NetlinkCodecException {
    return new XfrmMark(in.s32("xfrm_mark v"), in.s32("xfrm_mark m"));
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.MARK.number();
  }

  @Override
  public void encode(StructWriter out) {
    out.u32(value).u32(mask);
  }

  /** As an attribute, where it says something. */
  void encodeUnlessNone(StructWriter out) {
    if (!equals(NONE)) {
      encodeAttribute(out);
    }
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(value) + "/0x" + Integer.toHexString(mask);
  }
}
