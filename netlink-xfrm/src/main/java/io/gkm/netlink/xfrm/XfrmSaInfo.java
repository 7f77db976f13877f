package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * The fixed part of an SA (struct xfrm_usersa_info, 224 octets; on its own it is XFRMA_SA):
 * selector(56), destination(16), SPI(4, network order), protocol(1), pad(3), source(16),
 * limits(64), usage(32), refusals(12), sequence number(4), reqid(4), family(2), mode(1), replay
 * window(1), flags(1), pad(7).
 *
 * @param spi 0 for a larval state: one that waits for its SA
 * @param sequence ties an SA to the acquire that asked for it; 0 none
 * @param mode {@link XfrmMode}
 * @param replayWindow in packets; what is in {@link XfrmReplayEsn} counts before it
 * @param flags XFRM_STATE_*, see {@link XfrmSaFlags}
 */
public record XfrmSaInfo(
    XfrmSelector selector,
    InetAddress source,
    InetAddress destination,
    int spi,
    int protocol,
    XfrmLifetime lifetime,
    XfrmUsage usage,
    XfrmErrors errors,
    int sequence,
    int reqid,
    int mode,
    int replayWindow,
    int flags)
    implements XfrmAttribute {
  public XfrmSaInfo {
    XfrmAddresses.sameFamily("SA", source, destination);
    XfrmRange.check("SA protocol", protocol, 0xff);
    XfrmRange.check("SA mode", mode, 0xff);
    XfrmRange.check("SA replay window", replayWindow, 0xff);
    XfrmRange.check("SA flags", flags, 0xff);
  }

  static XfrmSaInfo decode(StructReader in) throws NetlinkCodecException {
    XfrmSelector selector = XfrmSelector.decode(in);
    byte[] daddr = XfrmAddresses.raw(in, "id daddr");
    int spi = in.be32("id spi");
    int protocol = in.u8("id proto");
    in.skip("id padding", 3);
    byte[] saddr = XfrmAddresses.raw(in, "saddr");
    XfrmLifetime lifetime = XfrmLifetime.decode(in);
    XfrmUsage usage = XfrmUsage.decode(in);
    XfrmErrors errors = XfrmErrors.decode(in);
    int sequence = in.s32("seq");
    int reqid = in.s32("reqid");
    int family = in.u16("family");
    int mode = in.u8("mode");
    int window = in.u8("replay_window");
    int flags = in.u8("flags");
    in.skip("usersa_info padding", 7);
    return new XfrmSaInfo(
        selector,
        XfrmAddresses.decode(saddr, family),
        XfrmAddresses.decode(daddr, family),
        spi,
        protocol,
        lifetime,
        usage,
        errors,
        sequence,
        reqid,
        mode,
        window,
        flags);
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.SA.number();
  }

  int family() {
    return XfrmAddresses.family(destination);
  }

  @Override
  public void encode(StructWriter out) {
    selector.encode(out);
    XfrmAddresses.encode(destination, out);
    out.be32(spi).u8(protocol).zeros(3);
    XfrmAddresses.encode(source, out);
    lifetime.encode(out);
    usage.encode(out);
    errors.encode(out);
    out.u32(sequence).u32(reqid).u16(family()).u8(mode).u8(replayWindow).u8(flags).zeros(7);
  }
}
