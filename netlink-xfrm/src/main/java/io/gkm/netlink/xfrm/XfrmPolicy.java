package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkAttributes;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A policy (struct xfrm_userpolicy_info, 168 octets, and attributes): selector(56), limits(64),
 * usage(32), priority(4), index(4), direction(1), action(1), flags(1), share(1), pad(4).
 *
 * @param priority 32 bits without sign; the lowest wins
 * @param index the kernel's number; 0 lets it choose
 * @param flags XFRM_POLICY_LOCALOK 1, XFRM_POLICY_ICMP 2
 * @param templates in order; none with action ALLOW lets traffic pass in clear
 * @param usage counters; the kernel fills them in
 * @param unknown attributes that this library does not know, by type
 */
public record XfrmPolicy(
    XfrmPolicyId id,
    XfrmAction action,
    int priority,
    int index,
    int flags,
    XfrmLifetime lifetime,
    List<XfrmTemplate> templates,
    XfrmUsage usage,
    Map<Integer, RawAttribute> unknown) {
  static final int LENGTH = 168;
  private static final int MAX_TEMPLATES = 6;
  private static final int TEMPLATE = 64;

  public XfrmPolicy {
    templates = List.copyOf(templates);
    unknown = Map.copyOf(unknown);
    if (templates.size() > MAX_TEMPLATES) {
      throw new IllegalArgumentException("a policy has at most " + MAX_TEMPLATES + " templates");
    }
  }

  /** A policy that protects traffic by these templates. */
  public static XfrmPolicy protect(XfrmPolicyId id, int priority, XfrmTemplate... templates) {
    return of(id, XfrmAction.ALLOW, priority, List.of(templates));
  }

  /** A policy that drops traffic. */
  public static XfrmPolicy block(XfrmPolicyId id, int priority) {
    return of(id, XfrmAction.BLOCK, priority, List.of());
  }

  /** A policy that lets traffic pass in clear. */
  public static XfrmPolicy bypass(XfrmPolicyId id, int priority) {
    return of(id, XfrmAction.ALLOW, priority, List.of());
  }

  private static XfrmPolicy of(
      XfrmPolicyId id, XfrmAction action, int priority, List<XfrmTemplate> templates) {
    return new XfrmPolicy(
        id, action, priority, 0, 0, XfrmLifetime.FOREVER, templates, XfrmUsage.NONE, Map.of());
  }

  /** The same policy with the kernel's number. */
  public XfrmPolicy withIndex(int newIndex) {
    return new XfrmPolicy(
        id, action, priority, newIndex, flags, lifetime, templates, usage, unknown);
  }

  void encode(StructWriter out) {
    id.selector().encode(out);
    lifetime.encode(out);
    XfrmUsage.NONE.encode(out);
    out.u32(priority).u32(index).u8(id.direction().value()).u8(action.value());
    out.u8(flags).u8(0).zeros(4);
    if (!templates.isEmpty()) {
      out.attribute(XfrmAttributeType.TMPL, () -> templates.forEach(t -> t.encode(out)));
    }
    id.mark().encode(out);
    id.interfaceId().ifPresent(i -> out.attribute(XfrmAttributeType.IF_ID, () -> out.u32(i)));
  }

  static XfrmPolicy decode(StructReader in) throws NetlinkCodecException {
    XfrmSelector selector = XfrmSelector.decode(in);
    XfrmLifetime lifetime = XfrmLifetime.decode(in);
    XfrmUsage usage = XfrmUsage.decode(in);
    int priority = in.s32("priority");
    int index = in.s32("index");
    XfrmDirection direction = XfrmDirection.decode(in.u8("dir"));
    XfrmAction action = XfrmAction.decode(in.u8("action"));
    int flags = in.u8("flags");
    in.skip("share and padding", 5);
    XfrmMark mark = XfrmMark.NONE;
    OptionalInt interfaceId = OptionalInt.empty();
    List<XfrmTemplate> templates = List.of();
    Map<Integer, RawAttribute> unknown = new HashMap<>();
    NetlinkAttributes attributes = NetlinkAttributes.decode(in);
    for (int type : attributes.types()) {
      StructReader value = attributes.find(type).orElseThrow();
      switch (type) {
        case XfrmAttributeType.TMPL -> templates = templates(value);
        case XfrmAttributeType.MARK -> mark = XfrmMark.decode(value);
        case XfrmAttributeType.IF_ID -> interfaceId = OptionalInt.of(value.s32("IF_ID"));
        default -> unknown.put(type, new RawAttribute(attributes.raw(type).orElseThrow()));
      }
    }
    return new XfrmPolicy(
        new XfrmPolicyId(selector, direction, mark, interfaceId),
        action,
        priority,
        index,
        flags,
        lifetime,
        templates,
        usage,
        unknown);
  }

  private static List<XfrmTemplate> templates(StructReader in) throws NetlinkCodecException {
    if (in.remaining() % TEMPLATE != 0 || in.remaining() > MAX_TEMPLATES * TEMPLATE) {
      throw new NetlinkCodecException("XFRMA_TMPL", in.remaining() + " octets");
    }
    List<XfrmTemplate> templates = new ArrayList<>();
    while (in.remaining() > 0) {
      templates.add(XfrmTemplate.decode(in));
    }
    return templates;
  }
}
