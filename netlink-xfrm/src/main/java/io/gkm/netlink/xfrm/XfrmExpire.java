package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_EXPIRE (struct xfrm_user_expire, 232 octets: the SA(224), hard(1), pad(7)): the event
 * that an SA reached a limit. Sent to the kernel it lets the SA expire.
 *
 * @param hard it is gone; else it is time to replace it
 */
public record XfrmExpire(XfrmSa sa, boolean hard) implements XfrmMessage {
  static XfrmExpire decode(StructReader in) throws NetlinkCodecException {
    XfrmSaInfo info = XfrmSaInfo.decode(in);
    boolean hard = in.u8("expire hard") != 0;
    in.skip("expire padding", 7);
    return new XfrmExpire(new XfrmSa(info, XfrmAttributes.decode(in, info.family())), hard);
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.EXPIRE;
  }

  @Override
  public void encode(StructWriter out) {
    sa.info().encode(out);
    out.u8(hard ? 1 : 0).zeros(7);
    sa.attributes().encode(out);
  }

  @Override
  public String operation() {
    return "expire";
  }

  @Override
  public String object() {
    return sa.id().from(sa.source());
  }

  @Override
  public XfrmExpire withoutKeys() {
    return new XfrmExpire(sa.withoutKeys(), hard);
  }

  @Override
  public void wipe() {
    sa.wipe();
  }
}
