package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmMark;
import io.gkm.netlink.xfrm.XfrmMode;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyInfo;
import io.gkm.netlink.xfrm.XfrmPolicyType;
import io.gkm.netlink.xfrm.XfrmProtocol;
import io.gkm.netlink.xfrm.XfrmTemplate;
import io.gkm.netlink.xfrm.XfrmTemplates;
import io.gkm.netlink.xfrm.XfrmUsage;
import java.util.Set;

/** What a policy must be, and what the kernel makes of it. */
final class PolicyRules {
  /** XFRM_SHARE_UNIQUE. */
  private static final int MAX_SHARE = 3;

  private static final Set<Integer> PROTOCOLS =
      Set.of(XfrmProtocol.ESP, XfrmProtocol.AH, XfrmProtocol.COMP, 43, 60);

  private PolicyRules() {}

  static void check(XfrmPolicy policy) throws Refusal {
    XfrmPolicyInfo info = policy.info();
    if (info.share() > MAX_SHARE) {
      throw invalid("share " + info.share());
    }
    if (info.selector().family() == 0) {
      throw invalid("a selector without family");
    }
    if (info.index() != 0 && !Spd.isOf(info.index(), info.direction())) {
      throw invalid("index " + info.index() + " is of another direction");
    }
    checkType(policy.id().type());
    checkTemplates(policy);
  }

  static void checkType(XfrmPolicyType type) throws Refusal {
    if (type == XfrmPolicyType.ANY) {
      throw invalid("no database has the type ANY");
    }
  }

  private static void checkTemplates(XfrmPolicy policy) throws Refusal {
    boolean inet6 = Prefixes.isInet6(policy.info().selector().destination());
    for (XfrmTemplate template : policy.templates()) {
      boolean next = Prefixes.isInet6(template.destination());
      if (template.mode() == XfrmMode.TUNNEL || template.mode() == XfrmMode.BEET) {
        if (template.optional() && policy.info().direction() == XfrmDirection.OUT) {
          throw invalid("a tunnel cannot be optional on the way out");
        }
      } else if (next != inet6) {
        throw invalid("only tunnels can change the family");
      }
      if (template.mode() > XfrmMode.BEET) {
        throw invalid("template of mode " + template.mode());
      }
      if (!PROTOCOLS.contains(template.protocol())) {
        throw invalid("template of protocol " + template.protocol());
      }
      inet6 = next;
    }
  }

  private static Refusal invalid(String text) {
    return new Refusal(Errno.EINVAL, text);
  }

  /** The policy as it is kept and shown. */
  static XfrmPolicy made(XfrmPolicy request, int index, long now) {
    XfrmPolicyInfo info = request.info();
    return new XfrmPolicy(
        new XfrmPolicyInfo(
            info.selector(),
            info.lifetime(),
            new XfrmUsage(0, 0, now, 0),
            info.priority(),
            index,
            info.direction(),
            info.action(),
            info.flags(),
            0),
        attributes(request));
  }

  private static XfrmAttributes attributes(XfrmPolicy request) {
    XfrmAttributes made = XfrmAttributes.of(request.id().type());
    if (!request.templates().isEmpty()) {
      made = made.with(new XfrmTemplates(request.templates()));
    }
    XfrmMark mark = Marks.masked(Marks.of(request.attributes()));
    if (!mark.equals(XfrmMark.NONE)) {
      made = made.with(mark);
    }
    int interfaceId = request.id().interfaceId().orElse(0);
    return interfaceId == 0
        ? made
        : made.with(SaMaker.number(XfrmAttributeType.IF_ID, interfaceId));
  }
}
