package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkAttributes;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * struct xfrm_usersa_info (224 octets) with its attributes: selector(56), destination(16), SPI(4),
 * protocol(1), pad(3), source(16), limits(64), usage(32), statistics(12), seq(4), reqid(4),
 * family(2), mode(1), replay window(1), flags(1), pad(7).
 */
final class XfrmSaCodec {
  static final int LENGTH = 224;

  private XfrmSaCodec() {}

  static void encode(XfrmSa sa, StructWriter out) {
    sa.selector().encode(out);
    XfrmAddresses.encode(sa.id().destination(), out);
    out.be32(sa.id().spi()).u8(sa.id().protocol()).zeros(3);
    XfrmAddresses.encode(sa.source(), out);
    sa.lifetime().encode(out);
    XfrmUsage.NONE.encode(out);
    out.zeros(12).u32(0).u32(sa.reqid());
    // A window of its own attribute excludes one here.
    int window = sa.replay().isSmall() ? sa.replay().window() : 0;
    out.u16(XfrmAddresses.family(sa.id().destination())).u8(sa.mode()).u8(window);
    out.u8(sa.flags()).zeros(7);
    sa.aead().ifPresent(a -> a.encode(out));
    sa.encryption().ifPresent(e -> e.encode(out));
    sa.authentication().ifPresent(a -> a.encode(out));
    sa.replay().encode(out);
    sa.id().mark().encode(out);
    sa.extraFlags()
        .ifPresent(f -> out.attribute(XfrmAttributeType.SA_EXTRA_FLAGS, () -> out.u32(f)));
    sa.outputMark()
        .ifPresent(
            m -> {
              out.attribute(XfrmAttributeType.SET_MARK, () -> out.u32(m.value()));
              out.attribute(XfrmAttributeType.SET_MARK_MASK, () -> out.u32(m.mask()));
            });
    sa.interfaceId().ifPresent(i -> out.attribute(XfrmAttributeType.IF_ID, () -> out.u32(i)));
    sa.direction().ifPresent(d -> out.attribute(XfrmAttributeType.SA_DIR, () -> out.u8(d.value())));
  }

  static XfrmSa decode(StructReader in) throws NetlinkCodecException {
    XfrmSaBuilder sa = decodeStruct(in);
    return attributes(sa, NetlinkAttributes.decode(in)).build();
  }

  /** The struct alone; the caller reads what follows it. */
  static XfrmSaBuilder decodeStruct(StructReader in) throws NetlinkCodecException {
    XfrmSelector selector = XfrmSelector.decode(in);
    byte[] daddr = XfrmAddresses.raw(in, "id daddr");
    int spi = in.be32("id spi");
    int protocol = in.u8("id proto");
    in.skip("id padding", 3);
    byte[] saddr = XfrmAddresses.raw(in, "saddr");
    XfrmLifetime lifetime = XfrmLifetime.decode(in);
    XfrmUsage usage = XfrmUsage.decode(in);
    XfrmErrors errors = XfrmErrors.decode(in);
    in.skip("seq", 4);
    int reqid = in.s32("reqid");
    int family = in.u16("family");
    int mode = in.u8("mode");
    int window = in.u8("replay_window");
    int flags = in.u8("flags");
    in.skip("usersa_info padding", 7);
    InetAddress source = XfrmAddresses.decode(saddr, family);
    if (spi == 0) {
      throw new NetlinkCodecException("id spi", "is 0: a state without an SA");
    }
    return XfrmSa.builder(source, XfrmAddresses.decode(daddr, family), spi)
        .protocol(protocol)
        .selector(selector)
        .lifetime(lifetime)
        .usage(usage)
        .errors(errors)
        .reqid(reqid)
        .mode(mode)
        .flags(flags)
        .replay(XfrmReplay.window(window));
  }

  /** A larval state (an acquire under way) has no SPI yet: it is no SA. */
  static boolean isLarval(StructReader in) throws NetlinkCodecException {
    in.skip("usersa_info", 72);
    return in.be32("id spi") == 0;
  }

  private static XfrmSaBuilder attributes(XfrmSaBuilder sa, NetlinkAttributes attributes)
      throws NetlinkCodecException {
    Map<Integer, RawAttribute> unknown = new HashMap<>();
    for (int type : attributes.types()) {
      StructReader in = attributes.find(type).orElseThrow();
      switch (type) {
        case XfrmAttributeType.ALG_AEAD -> sa.aead(XfrmAead.decode(in));
        case XfrmAttributeType.ALG_CRYPT -> sa.encryption(XfrmEncryption.decode(in));
        case XfrmAttributeType.ALG_AUTH_TRUNC -> sa.authentication(XfrmAuthTrunc.decode(in));
        case XfrmAttributeType.REPLAY_ESN_VAL -> sa.replay(XfrmReplay.decode(in));
        case XfrmAttributeType.MARK -> sa.mark(XfrmMark.decode(in));
        case XfrmAttributeType.SA_EXTRA_FLAGS -> sa.extraFlags(in.s32("SA_EXTRA_FLAGS"));
        case XfrmAttributeType.SET_MARK -> sa.outputMark(outputMark(in, attributes));
        case XfrmAttributeType.IF_ID -> sa.interfaceId(in.s32("IF_ID"));
        case XfrmAttributeType.SA_DIR -> sa.direction(direction(in));
        // The old form of the integrity algorithm, and the mask that goes with SET_MARK.
        case XfrmAttributeType.ALG_AUTH, XfrmAttributeType.SET_MARK_MASK -> {}
        default -> unknown.put(type, new RawAttribute(attributes.raw(type).orElseThrow()));
      }
    }
    return sa.unknown(unknown);
  }

  private static XfrmMark outputMark(StructReader in, NetlinkAttributes attributes)
      throws NetlinkCodecException {
    Optional<StructReader> mask = attributes.find(XfrmAttributeType.SET_MARK_MASK);
    return new XfrmMark(
        in.s32("SET_MARK"), mask.isPresent() ? mask.get().s32("SET_MARK_MASK") : 0xffffffff);
  }

  private static XfrmSaDirection direction(StructReader in) throws NetlinkCodecException {
    int value = in.u8("SA_DIR");
    return switch (value) {
      case 1 -> XfrmSaDirection.IN;
      case 2 -> XfrmSaDirection.OUT;
      default -> throw new NetlinkCodecException("SA_DIR", Integer.toString(value));
    };
  }
}
