package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * What an object has done (struct xfrm_lifetime_cur): octets(8), packets(8), added(8), used(8). On
 * its own it is XFRMA_LTIME_VAL.
 *
 * @param addTime when it was added, in seconds since 1970
 * @param useTime when it was used first, in seconds since 1970; 0 never
 */
public record XfrmUsage(long bytes, long packets, long addTime, long useTime)
    implements XfrmAttribute {
  public static final XfrmUsage NONE = new XfrmUsage(0, 0, 0, 0);

  static XfrmUsage decode(StructReader in) throws NetlinkCodecException {
    return new XfrmUsage(
        in.u64("curlft bytes"),
        in.u64("curlft packets"),
        in.u64("curlft add_time"),
        in.u64("curlft use_time"));
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.LTIME_VAL.number();
  }

  @Override
  public void encode(StructWriter out) {
    out.u64(bytes).u64(packets).u64(addTime).u64(useTime);
  }
}
