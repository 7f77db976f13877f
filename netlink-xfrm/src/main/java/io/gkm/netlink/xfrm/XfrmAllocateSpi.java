package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_ALLOCSPI (struct xfrm_userspi_info: the SA(224), least(4), greatest(4)): makes a larval
 * state with an SPI that is free; the reply is {@link XfrmNewSa}.
 *
 * @param sa with SPI 0 and without keys
 * @param least of the SPIs to choose from; 32 bits without sign
 * @param greatest as least
 */
public record XfrmAllocateSpi(XfrmSa sa, int least, int greatest) implements XfrmMessage {
  static XfrmAllocateSpi decode(StructReader in) throws NetlinkCodecException {
    XfrmSaInfo info = XfrmSaInfo.decode(in);
    int least = in.s32("userspi_info min");
    int greatest = in.s32("userspi_info max");
    XfrmSa sa = new XfrmSa(info, XfrmAttributes.decode(in, info.family()));
    return new XfrmAllocateSpi(sa, least, greatest);
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.ALLOCSPI;
  }

  @Override
  public void encode(StructWriter out) {
    sa.info().encode(out);
    out.u32(least).u32(greatest);
    sa.attributes().encode(out);
  }

  @Override
  public String operation() {
    return "allocate an SPI for";
  }

  @Override
  public String object() {
    return sa.id().from(sa.source());
  }

  @Override
  public XfrmAllocateSpi withoutKeys() {
    return new XfrmAllocateSpi(sa.withoutKeys(), least, greatest);
  }

  @Override
  public void wipe() {
    sa.wipe();
  }
}
