package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkAttribute;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * XFRM_MSG_NEWSADINFO (flags(4)): what the SA database holds, the reply to {@link XfrmGetSadInfo}.
 * Attributes with numbers of their own: XFRMA_SAD_CNT and XFRMA_SAD_HINFO.
 *
 * @param count of SAs
 * @param hash buckets
 * @param unknown attributes of a newer kernel
 */
public record XfrmSadInfo(
    int replyFlags, OptionalInt count, Optional<Hash> hash, List<XfrmRawAttribute> unknown)
    implements XfrmMessage {
  private static final int CNT = 1;
  private static final int HINFO = 2;

  /**
   * struct xfrmu_sadhinfo: buckets(4), at most(4).
   *
   * @param buckets the hash table has now
   * @param maxBuckets it may grow to
   */
  public record Hash(int buckets, int maxBuckets) {}

  public XfrmSadInfo {
    unknown = List.copyOf(unknown);
  }

  static XfrmSadInfo decode(StructReader in) throws NetlinkCodecException {
    int flags = in.s32("sadinfo flags");
    OptionalInt count = OptionalInt.empty();
    Optional<Hash> hash = Optional.empty();
    List<XfrmRawAttribute> unknown = new ArrayList<>();
    while (in.remaining() > 0) {
      NetlinkAttribute attribute = NetlinkAttribute.decode(in);
      StructReader value = attribute.value();
      switch (attribute.type()) {
        case CNT -> count = OptionalInt.of(value.s32("XFRMA_SAD_CNT"));
        case HINFO -> hash = Optional.of(new Hash(value.s32("sadhcnt"), value.s32("sadhmcnt")));
        default -> unknown.add(XfrmRawAttribute.decode(attribute.type(), value));
      }
      value.end("attribute of sadinfo");
    }
    return new XfrmSadInfo(flags, count, hash, unknown);
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.NEWSADINFO;
  }

  @Override
  public void encode(StructWriter out) {
    out.u32(replyFlags);
    if (count.isPresent()) {
      int start = out.beginAttribute(CNT);
      out.u32(count.getAsInt()).endAttribute(start);
    }
    if (hash.isPresent()) {
      int start = out.beginAttribute(HINFO);
      out.u32(hash.get().buckets()).u32(hash.get().maxBuckets()).endAttribute(start);
    }
    unknown.forEach(u -> u.encodeAttribute(out));
  }

  @Override
  public String operation() {
    return "tell";
  }

  @Override
  public String object() {
    return "the SA database";
  }
}
