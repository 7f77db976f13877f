package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * XFRMA_ADDRESS_FILTER of a dump of SAs (struct xfrm_address_filter, 36 octets): source(16),
 * destination(16), family(2), source prefix(1), destination prefix(1). Only SAs whose addresses are
 * in the prefixes are shown.
 */
public record XfrmAddressFilter(
    InetAddress source, int sourcePrefix, InetAddress destination, int destinationPrefix)
    implements XfrmAttribute {
  public XfrmAddressFilter {
    XfrmAddresses.sameFamily("address filter", source, destination);
    XfrmAddresses.prefix("address filter", source, sourcePrefix);
    XfrmAddresses.prefix("address filter", destination, destinationPrefix);
  }

  /** SAs to these destinations. */
  public static XfrmAddressFilter to(InetAddress destination, int prefix) {
    return new XfrmAddressFilter(XfrmAddresses.any(destination), 0, destination, prefix);
  }

  static XfrmAddressFilter decode(StructReader in) throws NetlinkCodecException {
    byte[] saddr = XfrmAddresses.raw(in, "filter saddr");
    byte[] daddr = XfrmAddresses.raw(in, "filter daddr");
    int family = in.u16("filter family");
    return new XfrmAddressFilter(
        XfrmAddresses.decode(saddr, family),
        in.u8("filter splen"),
        XfrmAddresses.decode(daddr, family),
        in.u8("filter dplen"));
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.ADDRESS_FILTER.number();
  }

  @Override
  public void encode(StructWriter out) {
    XfrmAddresses.encode(source, out);
    XfrmAddresses.encode(destination, out);
    out.u16(XfrmAddresses.family(destination)).u8(sourcePrefix).u8(destinationPrefix);
  }
}
