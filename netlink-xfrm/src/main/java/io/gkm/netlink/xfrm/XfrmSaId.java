package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * What names an SA in the kernel (struct xfrm_usersa_id, 24 octets, and XFRMA_MARK):
 * destination(16), SPI(4, network order), family(2), protocol(1), pad(1).
 *
 * @param spi 32 bits; 0 for a larval state
 */
public record XfrmSaId(InetAddress destination, int spi, int protocol, XfrmMark mark) {
  public XfrmSaId {
    XfrmRange.check("SA protocol", protocol, 0xff);
  }

  public static XfrmSaId of(InetAddress destination, int spi, int protocol) {
    return new XfrmSaId(destination, spi, protocol, XfrmMark.NONE);
  }

  /** The struct; the mark is not in it. */
  static XfrmSaId decode(StructReader in) throws NetlinkCodecException {
    byte[] daddr = XfrmAddresses.raw(in, "usersa_id daddr");
    int spi = in.be32("usersa_id spi");
    int family = in.u16("usersa_id family");
    int protocol = in.u8("usersa_id proto");
    in.skip("usersa_id padding", 1);
    return of(XfrmAddresses.decode(daddr, family), spi, protocol);
  }

  void encode(StructWriter out) {
    XfrmAddresses.encode(destination, out);
    out.be32(spi).u16(family()).u8(protocol).u8(0);
  }

  int family() {
    return XfrmAddresses.family(destination);
  }

  XfrmSaId withMark(XfrmMark newMark) {
    return new XfrmSaId(destination, spi, protocol, newMark);
  }

  @Override
  public String toString() {
    return "SA " + tail();
  }

  /** For people, with the source before what names it. */
  String from(InetAddress source) {
    return "SA src " + source.getHostAddress() + " " + tail();
  }

  private String tail() {
    return String.format(
        "dst %s proto %s spi 0x%08x%s",
        destination.getHostAddress(),
        XfrmProtocol.name(protocol),
        spi,
        mark.equals(XfrmMark.NONE) ? "" : " mark " + mark);
  }
}
