package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * An attribute that is one address (xfrm_address_t).
 *
 * @param type SRCADDR, the source of the SA that is meant, or COADDR, the care-of address of Mobile
 *     IPv6 (RFC 6275)
 */
public record XfrmAddressAttribute(XfrmAttributeType type, InetAddress address)
    implements XfrmAttribute {
  public XfrmAddressAttribute {
    if (type != XfrmAttributeType.SRCADDR && type != XfrmAttributeType.COADDR) {
      throw new IllegalArgumentException(type.headerName() + " is no address");
    }
  }

  /** XFRMA_SRCADDR. */
  public static XfrmAddressAttribute source(InetAddress address) {
    return new XfrmAddressAttribute(XfrmAttributeType.SRCADDR, address);
  }

  static XfrmAddressAttribute decode(XfrmAttributeType type, StructReader in, int family)
      throws NetlinkCodecException {
    return new XfrmAddressAttribute(
        type, XfrmAddresses.decodeBare(XfrmAddresses.raw(in, type.headerName()), family));
  }

  @Override
  public int attributeNumber() {
    return type.number();
  }

  @Override
  public void encode(StructWriter out) {
    XfrmAddresses.encode(address, out);
  }
}
