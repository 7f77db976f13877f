package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * The fixed part of a policy (struct xfrm_userpolicy_info, 168 octets; on its own it is
 * XFRMA_POLICY): selector(56), limits(64), usage(32), priority(4), index(4), direction(1),
 * action(1), flags(1), share(1), pad(4).
 *
 * @param priority 32 bits without sign; the lowest wins
 * @param index the kernel's number; 0 lets it choose
 * @param flags XFRM_POLICY_LOCALOK 1, XFRM_POLICY_ICMP 2, XFRM_POLICY_CPU_ACQUIRE 4
 * @param share XFRM_SHARE_*, which the kernel does not look at
 */
public record XfrmPolicyInfo(
    XfrmSelector selector,
    XfrmLifetime lifetime,
    XfrmUsage usage,
    int priority,
    int index,
    XfrmDirection direction,
    XfrmAction action,
    int flags,
    int share)
    implements XfrmAttribute {
  public XfrmPolicyInfo {
    XfrmRange.check("policy flags", flags, 0xff);
    XfrmRange.check("policy share", share, 0xff);
  }

  static XfrmPolicyInfo decode(StructReader in) throws NetlinkCodecException {
    XfrmSelector selector = XfrmSelector.decode(in);
    XfrmLifetime lifetime = XfrmLifetime.decode(in);
    XfrmUsage usage = XfrmUsage.decode(in);
    int priority = in.s32("priority");
    int index = in.s32("index");
    XfrmDirection direction = XfrmDirection.decode(in);
    XfrmAction action = XfrmAction.decode(in);
    int flags = in.u8("policy flags");
    int share = in.u8("policy share");
    in.skip("userpolicy_info padding", 4);
    return new XfrmPolicyInfo(
        selector, lifetime, usage, priority, index, direction, action, flags, share);
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.POLICY.number();
  }

  @Override
  public void encode(StructWriter out) {
    selector.encode(out);
    lifetime.encode(out);
    usage.encode(out);
    out.u32(priority).u32(index).u8(direction.value()).u8(action.value());
    out.u8(flags).u8(share).zeros(4);
  }
}
