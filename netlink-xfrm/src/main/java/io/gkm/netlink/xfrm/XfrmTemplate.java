package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * What SA a policy wants (struct xfrm_user_tmpl, 64 octets): destination(16), SPI(4, network
 * order), protocol(1), pad(3), family(2), pad(2), source(16), reqid(4), mode(1), share(1),
 * optional(1), pad(1), and masks of algorithms of integrity(4), encryption(4), compression(4).
 *
 * @param spi 0 any
 * @param reqid 0 any
 * @param mode {@link XfrmMode}
 * @param share XFRM_SHARE_*, which the kernel keeps but does not look at
 * @param optional {@code level use}: traffic without an SA passes; never use it
 * @param integrityAlgorithms a bit for each algorithm of PF_KEY that is allowed, -1 for all
 * @param encryptionAlgorithms as integrityAlgorithms
 * @param compressionAlgorithms as integrityAlgorithms
 */
public record XfrmTemplate(
    InetAddress source,
    InetAddress destination,
    int spi,
    int protocol,
    int reqid,
    int mode,
    int share,
    boolean optional,
    int integrityAlgorithms,
    int encryptionAlgorithms,
    int compressionAlgorithms) {
  static final int LENGTH = 64;

  /** All algorithms. */
  private static final int ALL = -1;

  public XfrmTemplate {
    XfrmAddresses.sameFamily("template", source, destination);
    XfrmRange.check("template protocol", protocol, 0xff);
    XfrmRange.check("template mode", mode, 0xff);
    XfrmRange.check("template share", share, 0xff);
  }

  /** A template for all algorithms and SAs that may be shared. */
  public XfrmTemplate(
      InetAddress source,
      InetAddress destination,
      int spi,
      int protocol,
      int reqid,
      int mode,
      boolean optional) {
    this(source, destination, spi, protocol, reqid, mode, 0, optional, ALL, ALL, ALL);
  }

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
    int share = in.u8("tmpl share");
    boolean optional = in.u8("tmpl optional") != 0;
    in.skip("tmpl padding", 1);
    int aalgos = in.s32("tmpl aalgos");
    int ealgos = in.s32("tmpl ealgos");
    int calgos = in.s32("tmpl calgos");
    return new XfrmTemplate(
        XfrmAddresses.decode(saddr, family),
        XfrmAddresses.decode(daddr, family),
        spi,
        protocol,
        reqid,
        mode,
        share,
        optional,
        aalgos,
        ealgos,
        calgos);
  }

  void encode(StructWriter out) {
    XfrmAddresses.encode(destination, out);
    out.be32(spi).u8(protocol).zeros(3).u16(XfrmAddresses.family(destination)).zeros(2);
    XfrmAddresses.encode(source, out);
    out.u32(reqid).u8(mode).u8(share).u8(optional ? 1 : 0).u8(0);
    out.u32(integrityAlgorithms).u32(encryptionAlgorithms).u32(compressionAlgorithms);
  }
}
