package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmPolicyInfo;
import io.gkm.netlink.xfrm.XfrmUsage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The policies of the main database, the oldest first. */
final class PolicyDatabase {
  private static final int DIRECTION_BITS = 7;
  private static final int INDEX_STEP = 8;

  private final List<XfrmPolicy> policies = new ArrayList<>();
  private int nextIndex = INDEX_STEP;

  /** The newest first, as the kernel lists them. */
  List<XfrmPolicy> list() {
    List<XfrmPolicy> list = new ArrayList<>(policies);
    java.util.Collections.reverse(list);
    return list;
  }

  int count(XfrmDirection direction) {
    return (int) policies.stream().filter(p -> p.info().direction() == direction).count();
  }

  /**
   * Adds a policy or puts it in the place of the one with its identity.
   *
   * @param exclusive refuse where the identity is taken
   */
  void insert(XfrmPolicy policy, boolean exclusive, long now) throws Refusal {
    check(policy);
    Optional<XfrmPolicy> old = find(policy.id());
    if (old.isPresent() && exclusive) {
      throw new Refusal(Errno.EEXIST, "");
    }
    int index = old.map(XfrmPolicy::index).orElseGet(() -> newIndex(policy));
    old.ifPresent(policies::remove);
    policies.add(begun(policy, index, now));
  }

  private static void check(XfrmPolicy policy) throws Refusal {
    if (policy.info().selector().family() == 0) {
      throw Refusal.invalid("Invalid selector family");
    }
    int index = policy.index();
    if (index != 0 && (index & DIRECTION_BITS) != bits(policy.info().direction())) {
      throw Refusal.invalid("Policy index doesn't match direction");
    }
  }

  private int newIndex(XfrmPolicy policy) {
    if (policy.index() != 0 && policies.stream().noneMatch(p -> p.index() == policy.index())) {
      return policy.index();
    }
    int index = nextIndex | bits(policy.info().direction());
    nextIndex += INDEX_STEP;
    return index;
  }

  private static int bits(XfrmDirection direction) {
    return switch (direction) {
      case IN -> 0;
      case OUT -> 1;
      case FWD -> 2;
    };
  }

  private static XfrmPolicy begun(XfrmPolicy policy, int index, long now) {
    XfrmPolicyInfo info = policy.info();
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
            info.share()),
        policy.attributes());
  }

  /**
   * @param index where it is not 0 it counts, with the direction; the selector does not then
   */
  XfrmPolicy get(XfrmPolicyId id, int index) throws Refusal {
    Optional<XfrmPolicy> found =
        index == 0
            ? find(id)
            : policies.stream()
                .filter(p -> p.index() == index && p.info().direction() == id.direction())
                .findFirst();
    return found.orElseThrow(() -> new Refusal(Errno.ENOENT, ""));
  }

  XfrmPolicy delete(XfrmPolicyId id, int index) throws Refusal {
    XfrmPolicy policy = get(id, index);
    policies.remove(policy);
    return policy;
  }

  /** How many there were. */
  int flush() {
    int count = policies.size();
    policies.clear();
    return count;
  }

  /** The lowest priority wins, and of those with the same the one that was added first. */
  Optional<XfrmPolicy> lookup(XfrmDirection direction, FakePacket packet) {
    return policies.stream()
        .filter(p -> p.info().direction() == direction)
        .filter(p -> p.id().mark().value() == 0 && p.id().interfaceId().isEmpty())
        .filter(p -> packet.matches(p.info().selector()))
        .min(Comparator.comparingLong(p -> Integer.toUnsignedLong(p.priority())));
  }

  private Optional<XfrmPolicy> find(XfrmPolicyId id) {
    return policies.stream().filter(p -> p.id().equals(id)).findFirst();
  }
}
