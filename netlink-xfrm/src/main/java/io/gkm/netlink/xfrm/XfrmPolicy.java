package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.List;

/**
 * A policy as the kernel keeps it: the fixed part and attributes, those included that this library
 * does not know.
 */
public record XfrmPolicy(XfrmPolicyInfo info, XfrmAttributes attributes) {
  /**
   * A policy that protects traffic by these templates.
   *
   * @throws IllegalArgumentException when there are none: see {@link #bypass}
   */
  public static XfrmPolicy protect(XfrmPolicyId id, int priority, XfrmTemplate... templates) {
    XfrmPolicy policy = of(id, XfrmAction.ALLOW, priority);
    return policy.with(new XfrmTemplates(List.of(templates)));
  }

  /** A policy that drops traffic. */
  public static XfrmPolicy block(XfrmPolicyId id, int priority) {
    return of(id, XfrmAction.BLOCK, priority);
  }

  /** A policy that lets traffic pass in clear. */
  public static XfrmPolicy bypass(XfrmPolicyId id, int priority) {
    return of(id, XfrmAction.ALLOW, priority);
  }

  private static XfrmPolicy of(XfrmPolicyId id, XfrmAction action, int priority) {
    XfrmPolicyInfo info =
        new XfrmPolicyInfo(
            id.selector(),
            XfrmLifetime.FOREVER,
            XfrmUsage.NONE,
            priority,
            0,
            id.direction(),
            action,
            0,
            0);
    return new XfrmPolicy(info, id.attributes());
  }

  static XfrmPolicy decode(StructReader in) throws NetlinkCodecException {
    XfrmPolicyInfo info = XfrmPolicyInfo.decode(in);
    return new XfrmPolicy(info, XfrmAttributes.decode(in, info.selector().family()));
  }

  void encode(StructWriter out) {
    info.encode(out);
    attributes.encode(out);
  }

  public XfrmPolicyId id() {
    return XfrmPolicyId.of(info.selector(), info.direction(), attributes);
  }

  public XfrmAction action() {
    return info.action();
  }

  /** 32 bits without sign; the lowest wins. */
  public int priority() {
    return info.priority();
  }

  /** The kernel's number; 0 lets it choose. */
  public int index() {
    return info.index();
  }

  /** XFRM_POLICY_LOCALOK 1, XFRM_POLICY_ICMP 2, XFRM_POLICY_CPU_ACQUIRE 4. */
  public int flags() {
    return info.flags();
  }

  public XfrmLifetime lifetime() {
    return info.lifetime();
  }

  /** Counters, which the kernel fills in. */
  public XfrmUsage usage() {
    return info.usage();
  }

  /** In order; none with action ALLOW lets traffic pass in clear. */
  public List<XfrmTemplate> templates() {
    return attributes.find(XfrmTemplates.class).map(XfrmTemplates::templates).orElse(List.of());
  }

  /** The same with this attribute, in place of the one of its type. */
  public XfrmPolicy with(XfrmAttribute attribute) {
    return new XfrmPolicy(info, attributes.with(attribute));
  }

  /** The same policy with the kernel's number. */
  public XfrmPolicy withIndex(int newIndex) {
    return withInfo(newIndex, info.flags(), info.lifetime());
  }

  /** The same policy with these flags. */
  public XfrmPolicy withFlags(int newFlags) {
    return withInfo(info.index(), newFlags, info.lifetime());
  }

  /** The same policy with these limits. */
  public XfrmPolicy withLifetime(XfrmLifetime newLifetime) {
    return withInfo(info.index(), info.flags(), newLifetime);
  }

  private XfrmPolicy withInfo(int newIndex, int newFlags, XfrmLifetime newLifetime) {
    return new XfrmPolicy(
        new XfrmPolicyInfo(
            info.selector(),
            newLifetime,
            info.usage(),
            info.priority(),
            newIndex,
            info.direction(),
            info.action(),
            newFlags,
            info.share()),
        attributes);
  }
}
