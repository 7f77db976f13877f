package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * XFRMA_ENCAP, ESP in UDP or TCP (struct xfrm_encap_tmpl, 24 octets; RFC 3948, RFC 8229): type(2),
 * source port(2, network order), destination port(2, network order), pad(2), original address(16).
 *
 * @param type {@link #ESP_IN_UDP} or {@link #ESP_IN_TCP}
 * @param originalAddress of the peer behind a NAT; 0.0.0.0 or :: where it is not known
 */
public record XfrmEncap(int type, int sourcePort, int destinationPort, InetAddress originalAddress)
    implements XfrmAttribute {
  /** UDP_ENCAP_ESPINUDP of linux/udp.h. */
  public static final int ESP_IN_UDP = 2;

  /** TCP_ENCAP_ESPINTCP of linux/udp.h. */
  public static final int ESP_IN_TCP = 7;

  public XfrmEncap {
    XfrmRange.check("encapsulation type", type, 0xffff);
    XfrmRange.check("encapsulation source port", sourcePort, 0xffff);
    XfrmRange.check("encapsulation destination port", destinationPort, 0xffff);
  }

  static XfrmEncap decode(StructReader in, int family) throws NetlinkCodecException {
    int type = in.u16("encap_type");
    int sport = in.be16("encap_sport");
    int dport = in.be16("encap_dport");
    in.skip("encap padding", 2);
    return new XfrmEncap(
        type, sport, dport, XfrmAddresses.decodeBare(XfrmAddresses.raw(in, "encap_oa"), family));
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.ENCAP.number();
  }

  @Override
  public void encode(StructWriter out) {
    out.u16(type).be16(sourcePort).be16(destinationPort).zeros(2);
    XfrmAddresses.encode(originalAddress, out);
  }
}
