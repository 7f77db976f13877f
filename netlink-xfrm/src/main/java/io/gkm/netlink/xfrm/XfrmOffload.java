package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRMA_OFFLOAD_DEV, the device that does the work (struct xfrm_user_offload, 8 octets): interface
 * index(4), flags(1), pad(3).
 *
 * @param flags XFRM_OFFLOAD_*: {@link #INBOUND}, {@link #PACKET}
 */
public record XfrmOffload(int interfaceIndex, int flags) implements XfrmAttribute {
  /** The SA is for received packets. */
  public static final int INBOUND = 2;

  /** The device does all of the packet, not only the cryptography. */
  public static final int PACKET = 4;

  public XfrmOffload {
    XfrmRange.check("offload flags", flags, 0xff);
  }

  static XfrmOffload decode(StructReader in) throws NetlinkCodecException {
    XfrmOffload offload = new XfrmOffload(in.s32("offload ifindex"), in.u8("offload flags"));
    in.skip("offload padding", 3);
    return offload;
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.OFFLOAD_DEV.number();
  }

  @Override
  public void encode(StructWriter out) {
    out.u32(interfaceIndex).u8(flags).zeros(3);
  }
}
