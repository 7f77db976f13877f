package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkAttribute;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * XFRM_MSG_NEWSPDINFO (flags(4)): what the policy database holds, the reply to {@link
 * XfrmGetSpdInfo}; sent to the kernel with thresholds alone it sets them. Attributes with numbers
 * of their own: XFRMA_SPD_INFO, HINFO, IPV4_HTHRESH, IPV6_HTHRESH.
 *
 * @param ipv4 from which prefix lengths on IPv4 policies are hashed
 * @param unknown attributes of a newer kernel
 */
public record XfrmSpdInfo(
    int replyFlags,
    Optional<Counts> counts,
    Optional<Hash> hash,
    Optional<Thresholds> ipv4,
    Optional<Thresholds> ipv6,
    List<XfrmRawAttribute> unknown)
    implements XfrmMessage {
  private static final int INFO = 1;
  private static final int HINFO = 2;
  private static final int IPV4_HTHRESH = 3;
  private static final int IPV6_HTHRESH = 4;

  /**
   * struct xfrmu_spdinfo, 6 times 4 octets: policies by direction, and those of sockets.
   *
   * @param socketIn of sockets; the same for socketOut and socketForward
   */
  public record Counts(
      int in, int out, int forward, int socketIn, int socketOut, int socketForward) {}

  /** struct xfrmu_spdhinfo: buckets of the hash table now(4), and at most(4). */
  public record Hash(int buckets, int maxBuckets) {}

  /**
   * struct xfrmu_spdhthresh: local bits(1), remote bits(1).
   *
   * @param local the least prefix of the local side (source of outgoing traffic)
   */
  public record Thresholds(int local, int remote) {
    public Thresholds {
      XfrmRange.check("local bits", local, 0xff);
      XfrmRange.check("remote bits", remote, 0xff);
    }

    private static Thresholds decode(StructReader in) throws NetlinkCodecException {
      return new Thresholds(in.u8("lbits"), in.u8("rbits"));
    }

    private void encode(int type, StructWriter out) {
      int start = out.beginAttribute(type);
      out.u8(local).u8(remote).endAttribute(start);
    }
  }

  public XfrmSpdInfo {
    unknown = List.copyOf(unknown);
  }

  /** Sets thresholds. */
  public static XfrmSpdInfo of(Thresholds ipv4, Thresholds ipv6) {
    return new XfrmSpdInfo(
        0, Optional.empty(), Optional.empty(), Optional.of(ipv4), Optional.of(ipv6), List.of());
  }

  static XfrmSpdInfo decode(StructReader in) throws NetlinkCodecException {
    int flags = in.s32("spdinfo flags");
    Optional<Counts> counts = Optional.empty();
    Optional<Hash> hash = Optional.empty();
    Optional<Thresholds> ipv4 = Optional.empty();
    Optional<Thresholds> ipv6 = Optional.empty();
    List<XfrmRawAttribute> unknown = new ArrayList<>();
    while (in.remaining() > 0) {
      NetlinkAttribute attribute = NetlinkAttribute.decode(in);
      StructReader value = attribute.value();
      switch (attribute.type()) {
        case INFO -> counts = Optional.of(counts(value));
        case HINFO -> hash = Optional.of(new Hash(value.s32("spdhcnt"), value.s32("spdhmcnt")));
        case IPV4_HTHRESH -> ipv4 = Optional.of(Thresholds.decode(value));
        case IPV6_HTHRESH -> ipv6 = Optional.of(Thresholds.decode(value));
        default -> unknown.add(XfrmRawAttribute.decode(attribute.type(), value));
      }
      value.end("attribute of spdinfo");
    }
    return new XfrmSpdInfo(flags, counts, hash, ipv4, ipv6, unknown);
  }

  private static Counts counts(StructReader in) throws NetlinkCodecException {
    return new Counts(
        in.s32("incnt"),
        in.s32("outcnt"),
        in.s32("fwdcnt"),
        in.s32("inscnt"),
        in.s32("outscnt"),
        in.s32("fwdscnt"));
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.NEWSPDINFO;
  }

  @Override
  public void encode(StructWriter out) {
    out.u32(replyFlags);
    if (counts.isPresent()) {
      Counts c = counts.get();
      int start = out.beginAttribute(INFO);
      out.u32(c.in()).u32(c.out()).u32(c.forward());
      out.u32(c.socketIn()).u32(c.socketOut()).u32(c.socketForward()).endAttribute(start);
    }
    if (hash.isPresent()) {
      int start = out.beginAttribute(HINFO);
      out.u32(hash.get().buckets()).u32(hash.get().maxBuckets()).endAttribute(start);
    }
    ipv4.ifPresent(t -> t.encode(IPV4_HTHRESH, out));
    ipv6.ifPresent(t -> t.encode(IPV6_HTHRESH, out));
    unknown.forEach(u -> u.encodeAttribute(out));
  }

  @Override
  public String operation() {
    return "set";
  }

  @Override
  public String object() {
    return "thresholds of the policy database";
  }
}
