package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmMark;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmPolicyType;
import io.gkm.netlink.xfrm.XfrmSelector;

/** One policy of the database. */
final class PolicyEntry {
  /** XFRM_KM_TIMEOUT: a soft limit that is reached is told of again and again. */
  private static final int SOFT_AGAIN_SECONDS = 30;

  private final XfrmPolicy policy;
  private boolean exact;
  private long softTimer;
  private final long timer;

  /**
   * @param exact both prefixes are so long that the kernel finds it by its addresses
   */
  PolicyEntry(XfrmPolicy policy, boolean exact, long now) {
    this.policy = policy;
    this.exact = exact;
    this.timer = now + 1;
    this.softTimer = timer;
  }

  XfrmPolicy policy() {
    return policy;
  }

  boolean isExact() {
    return exact;
  }

  void exact(boolean nowExact) {
    exact = nowExact;
  }

  XfrmDirection direction() {
    return policy.info().direction();
  }

  XfrmPolicyType type() {
    return policy.id().type();
  }

  int index() {
    return policy.index();
  }

  long priority() {
    return Integer.toUnsignedLong(policy.priority());
  }

  XfrmMark mark() {
    return Marks.of(policy.attributes());
  }

  int interfaceId() {
    return policy.id().interfaceId().orElse(0);
  }

  /** Whether this is the one that is named. */
  boolean is(XfrmPolicyId id) {
    return direction() == id.direction()
        && policy.info().selector().equals(id.selector())
        && isOf(id);
  }

  /** Whether it has this index in this database. */
  boolean is(XfrmPolicyId id, int index) {
    return index() == index && direction() == id.direction() && isOf(id);
  }

  private boolean isOf(XfrmPolicyId id) {
    return type() == id.type()
        && interfaceId() == id.interfaceId().orElse(0)
        && mark().equals(id.mark());
  }

  boolean matches(Flow flow) {
    XfrmSelector selector = policy.info().selector();
    return interfaceId() == flow.interfaceId()
        && Marks.matches(flow.mark(), mark())
        && Prefixes.matches(
            flow.destination(), selector.destination(), selector.destinationPrefix())
        && Prefixes.matches(flow.source(), selector.source(), selector.sourcePrefix())
        && portMatches(
            flow.destinationPort(), selector.destinationPort(), selector.destinationPortMask())
        && portMatches(flow.sourcePort(), selector.sourcePort(), selector.sourcePortMask())
        && (selector.protocol() == 0 || selector.protocol() == flow.protocol())
        && (selector.interfaceIndex() == 0 || selector.interfaceIndex() == flow.interfaceIndex());
  }

  private static boolean portMatches(int port, int wanted, int mask) {
    return ((port ^ wanted) & mask) == 0;
  }

  long hardDue() {
    long due = due(policy.lifetime().hardAddSeconds(), policy.lifetime().hardUseSeconds());
    return due == SaAging.NEVER ? due : Math.max(due, timer);
  }

  long softDue() {
    long due = due(policy.lifetime().softAddSeconds(), policy.lifetime().softUseSeconds());
    return due == SaAging.NEVER ? due : Math.max(due, softTimer);
  }

  void softTold(long now) {
    softTimer = now + SOFT_AGAIN_SECONDS;
  }

  /** The time of use begins with the policy until it is used, other than that of an SA. */
  private long due(long addSeconds, long useSeconds) {
    long added = policy.usage().addTime();
    long used = policy.usage().useTime() == 0 ? added : policy.usage().useTime();
    return Math.min(SaAging.after(added, addSeconds), SaAging.after(used, useSeconds));
  }
}
