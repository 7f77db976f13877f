package io.gkm.netlink.xfrm;

import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * What names an SA in the kernel: destination, SPI, protocol and mark.
 *
 * @param spi 32 bits, never 0
 */
public record XfrmSaId(InetAddress destination, int spi, int protocol, XfrmMark mark) {
  public XfrmSaId {
    if (spi == 0) {
      throw new IllegalArgumentException("an SA has no SPI 0");
    }
  }

  public static XfrmSaId of(InetAddress destination, int spi, int protocol) {
    return new XfrmSaId(destination, spi, protocol, XfrmMark.NONE);
  }

  /** struct xfrm_usersa_id, and the mark. */
  void encode(StructWriter out) {
    XfrmAddresses.encode(destination, out);
    out.be32(spi).u16(XfrmAddresses.family(destination)).u8(protocol).u8(0);
    mark.encode(out);
  }

  @Override
  public String toString() {
    return String.format(
        "SA dst %s proto %d spi 0x%08x%s",
        destination.getHostAddress(),
        protocol,
        spi,
        mark.equals(XfrmMark.NONE) ? "" : " mark " + mark.value() + "/" + mark.mask());
  }
}
