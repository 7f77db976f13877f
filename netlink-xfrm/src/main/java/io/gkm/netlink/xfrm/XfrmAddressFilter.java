package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * XFRMA_ADDRESS_FILTER of a dump of SAs (struct xfrm_address_filter, 36 octets): source(16),
 * destination(16), family(2), source prefix(1), destination prefix(1). Only SAs whose addresses are
 * in the prefixes are shown.
 *
 * @param family AF_INET 2, AF_INET6 10; or AF_UNSPEC 0, as ip-xfrm has it: then the kernel compares
 *     the first bits of the addresses, whatever their family
 */
public record XfrmAddressFilter(
    int family,
    InetAddress source,
    int sourcePrefix,
    InetAddress destination,
    int destinationPrefix)
    implements XfrmAttribute {
  public XfrmAddressFilter {
    XfrmAddresses.sameFamily("address filter", source, destination);
    if (family != XfrmAddresses.AF_UNSPEC && family != XfrmAddresses.family(source)) {
      throw new IllegalArgumentException("address filter family " + family + " of " + source);
    }
    XfrmAddresses.prefix("address filter", source, sourcePrefix);
    XfrmAddresses.prefix("address filter", destination, destinationPrefix);
  }

  /** SAs of the family of these addresses. */
  public XfrmAddressFilter(
      InetAddress source, int sourcePrefix, InetAddress destination, int destinationPrefix) {
    this(XfrmAddresses.family(destination), source, sourcePrefix, destination, destinationPrefix);
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
        family,
        XfrmAddresses.decodeBare(saddr, family),
        in.u8("filter splen"),
        XfrmAddresses.decodeBare(daddr, family),
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
    out.u16(family).u8(sourcePrefix).u8(destinationPrefix);
  }
}
