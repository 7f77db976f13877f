package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * What SA a policy wants (struct xfrm_user_tmpl, 64 octets).
 *
 * @param spi 0 any
 * @param reqid 0 any
 * @param optional {@code level use}: traffic without an SA passes; never use it
 */
public record XfrmTemplate(
    InetAddress source,
    InetAddress destination,
    int spi,
    int protocol,
    int reqid,
    int mode,
    boolean optional) {
  private static final long ALL_ALGORITHMS = 0xffffffffL;

  /** A required template for ESP in transport mode. */
  public static XfrmTemplate esp(InetAddress source, InetAddress destination, int reqid) {
    return new XfrmTemplate(
        source, destination, 0, XfrmProtocol.ESP, reqid, XfrmMode.TRANSPORT, false);
  }

  static XfrmTemplate decode(StructReader in) throws NetlinkCodecException {
    byte[] daddr = XfrmAddresses.raw(in, "tmpl daddr");
    int spi = in.be32("tmpl spi");
    int protocol = in.u8("tmpl proto");
    in.skip("tmpl padding", 3);
    int family = in.u16("tmpl family");
    in.skip("tmpl padding", 2);
    byte[] saddr = XfrmAddresses.raw(in, "tmpl saddr");
    int reqid = in.s32("tmpl reqid");
    int mode = in.u8("tmpl mode");
    in.skip("tmpl share", 1);
    boolean optional = in.u8("tmpl optional") != 0;
    in.skip("tmpl algorithms", 13);
    return new XfrmTemplate(
        XfrmAddresses.decode(saddr, family),
        XfrmAddresses.decode(daddr, family),
        spi,
        protocol,
        reqid,
        mode,
        optional);
  }

  void encode(StructWriter out) {
    XfrmAddresses.encode(destination, out);
    out.be32(spi).u8(protocol).zeros(3).u16(XfrmAddresses.family(destination)).zeros(2);
    XfrmAddresses.encode(source, out);
    out.u32(reqid).u8(mode).u8(0).u8(optional ? 1 : 0).u8(0);
    out.u32(ALL_ALGORITHMS).u32(ALL_ALGORITHMS).u32(ALL_ALGORITHMS);
  }
}
