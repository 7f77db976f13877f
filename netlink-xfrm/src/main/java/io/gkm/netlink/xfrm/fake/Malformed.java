package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.KernelError;
import io.gkm.netlink.NetlinkAttribute;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmMessageType;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** How the kernel refuses a message that cannot be read. */
final class Malformed {
  /** Octets that attributes need at least; numbers need their own. */
  private static final Map<XfrmAttributeType, Integer> LEAST =
      Map.ofEntries(
          Map.entry(XfrmAttributeType.ALG_AUTH, 68),
          Map.entry(XfrmAttributeType.ALG_CRYPT, 68),
          Map.entry(XfrmAttributeType.ALG_COMP, 68),
          Map.entry(XfrmAttributeType.ALG_AEAD, 72),
          Map.entry(XfrmAttributeType.ALG_AUTH_TRUNC, 72),
          Map.entry(XfrmAttributeType.ENCAP, 24),
          Map.entry(XfrmAttributeType.TMPL, 64),
          Map.entry(XfrmAttributeType.SA, 224),
          Map.entry(XfrmAttributeType.POLICY, 168),
          Map.entry(XfrmAttributeType.SEC_CTX, 8),
          Map.entry(XfrmAttributeType.LTIME_VAL, 32),
          Map.entry(XfrmAttributeType.REPLAY_VAL, 12),
          Map.entry(XfrmAttributeType.REPLAY_ESN_VAL, 24),
          Map.entry(XfrmAttributeType.SRCADDR, 16),
          Map.entry(XfrmAttributeType.COADDR, 16),
          Map.entry(XfrmAttributeType.POLICY_TYPE, 6),
          Map.entry(XfrmAttributeType.MARK, 8),
          Map.entry(XfrmAttributeType.ADDRESS_FILTER, 36),
          Map.entry(XfrmAttributeType.OFFLOAD_DEV, 8),
          Map.entry(XfrmAttributeType.REPLAY_THRESH, 4),
          Map.entry(XfrmAttributeType.ETIMER_THRESH, 4),
          Map.entry(XfrmAttributeType.TFCPAD, 4),
          Map.entry(XfrmAttributeType.SA_EXTRA_FLAGS, 4),
          Map.entry(XfrmAttributeType.SET_MARK, 4),
          Map.entry(XfrmAttributeType.SET_MARK_MASK, 4),
          Map.entry(XfrmAttributeType.IF_ID, 4),
          Map.entry(XfrmAttributeType.MTIMER_THRESH, 4),
          Map.entry(XfrmAttributeType.PROTO, 1));

  private Malformed() {}

  /**
   * @param payload what follows the message's header
   */
  static KernelError explain(
      XfrmMessageType type, boolean dump, StructReader payload, NetlinkCodecException why) {
    OptionalInt offset = shortAttribute(dump ? 0 : type.structLength(), payload);
    return new KernelError(
        offset.isPresent() ? Errno.ERANGE : Errno.EINVAL,
        Optional.of(why.getMessage()),
        offset,
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  /** Where an attribute is that is too short for its type. */
  private static OptionalInt shortAttribute(int structLength, StructReader in) {
    int start = in.offset();
    int struct = (structLength + 3) & ~3;
    try {
      in.skip("struct", Math.min(struct, in.remaining()));
      while (in.remaining() > 0) {
        int offset = in.offset() - start;
        NetlinkAttribute attribute = NetlinkAttribute.decode(in);
        Optional<XfrmAttributeType> type = XfrmAttributeType.of(attribute.type());
        int least = type.map(t -> LEAST.getOrDefault(t, 0)).orElse(0);
        if (attribute.value().remaining() < least) {
          return OptionalInt.of(NetlinkMessage.HEADER + offset);
        }
      }
    } catch (NetlinkCodecException e) {
      // Not even the attributes' headers can be read: there is none to point at.
      return OptionalInt.empty();
    }
    return OptionalInt.empty();
  }
}
