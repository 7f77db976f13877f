package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * Limits (struct xfrm_lifetime_cfg). Octets and packets: {@link #INFINITE} for none. Seconds since
 * the object was added, and since its first use: 0 for none.
 */
public record XfrmLifetime(
    long softBytes,
    long hardBytes,
    long softPackets,
    long hardPackets,
    long softAddSeconds,
    long hardAddSeconds,
    long softUseSeconds,
    long hardUseSeconds) {
  /** XFRM_INF. */
  public static final long INFINITE = -1;

  public static final XfrmLifetime FOREVER = ofSeconds(0, 0);

  /** Limits of time alone, counted from when the object was added. */
  public static XfrmLifetime ofSeconds(long soft, long hard) {
    return new XfrmLifetime(INFINITE, INFINITE, INFINITE, INFINITE, soft, hard, 0, 0);
  }

  static XfrmLifetime decode(StructReader in) throws NetlinkCodecException {
    return new XfrmLifetime(
        in.u64("soft_byte_limit"),
        in.u64("hard_byte_limit"),
        in.u64("soft_packet_limit"),
        in.u64("hard_packet_limit"),
        in.u64("soft_add_expires_seconds"),
        in.u64("hard_add_expires_seconds"),
        in.u64("soft_use_expires_seconds"),
        in.u64("hard_use_expires_seconds"));
  }

  void encode(StructWriter out) {
    out.u64(softBytes).u64(hardBytes).u64(softPackets).u64(hardPackets);
    out.u64(softAddSeconds).u64(hardAddSeconds).u64(softUseSeconds).u64(hardUseSeconds);
  }
}
