package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_REPORT (struct xfrm_user_report, 60 octets: protocol(1), pad(3), selector(56)): the
 * event that a packet of Mobile IPv6 was refused.
 *
 * @param attributes with the care-of address (COADDR)
 */
public record XfrmReport(int protocol, XfrmSelector selector, XfrmAttributes attributes)
    implements XfrmMessage {
  public XfrmReport {
    XfrmRange.check("protocol", protocol, 0xff);
  }

  static XfrmReport decode(StructReader in) throws NetlinkCodecException {
    int protocol = in.u8("report proto");
    in.skip("report padding", 3);
    XfrmSelector selector = XfrmSelector.decode(in);
    return new XfrmReport(protocol, selector, XfrmAttributes.decode(in, selector.family()));
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.REPORT;
  }

  @Override
  public void encode(StructWriter out) {
    out.u8(protocol).zeros(3);
    selector.encode(out);
    attributes.encode(out);
  }

  @Override
  public String operation() {
    return "report";
  }

  @Override
  public String object() {
    return selector.toString();
  }
}
