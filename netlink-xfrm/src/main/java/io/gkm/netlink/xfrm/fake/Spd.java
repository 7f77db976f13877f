package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmPolicyType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** The policies: in the order of dumps, the newest first, and in the order of lookups. */
final class Spd {
  private static final int INDEX_STEP = 8;
  private static final int DIRECTION_BITS = 7;

  private final Deque<PolicyEntry> all = new ArrayDeque<>();

  /** By priority, then the oldest first; of a direction and kind. */
  private final Map<XfrmDirection, List<PolicyEntry>> exact = lists();

  private final Map<XfrmDirection, List<PolicyEntry>> inexact = lists();
  private int nextIndex;

  private static Map<XfrmDirection, List<PolicyEntry>> lists() {
    Map<XfrmDirection, List<PolicyEntry>> lists = new EnumMap<>(XfrmDirection.class);
    for (XfrmDirection direction : XfrmDirection.values()) {
      lists.put(direction, new ArrayList<>());
    }
    return lists;
  }

  /** XFRM_POLICY_*. */
  static int number(XfrmDirection direction) {
    return switch (direction) {
      case IN -> 0;
      case OUT -> 1;
      case FWD -> 2;
    };
  }

  /** The direction is in an index. */
  static boolean isOf(int index, XfrmDirection direction) {
    return (index & DIRECTION_BITS) == number(direction);
  }

  /** The newest first; a copy. */
  List<PolicyEntry> all() {
    return List.copyOf(all);
  }

  int count(XfrmDirection direction) {
    return exact.get(direction).size() + inexact.get(direction).size();
  }

  Optional<PolicyEntry> find(XfrmPolicyId id) {
    return all.stream().filter(e -> e.is(id)).findFirst();
  }

  Optional<PolicyEntry> find(XfrmPolicyId id, int index) {
    return all.stream().filter(e -> e.is(id, index)).findFirst();
  }

  /**
   * Adds a policy, or puts it in the place of the one with its name.
   *
   * @param id names it
   * @param exclusive refuse one whose name is taken
   * @param entry makes the policy with its index
   */
  PolicyEntry insert(
      XfrmPolicyId id, int wantedIndex, boolean exclusive, IntFunction<PolicyEntry> entry)
      throws Refusal {
    Optional<PolicyEntry> old = find(id);
    if (exclusive && old.isPresent()) {
      throw new Refusal(Errno.EEXIST);
    }
    int index = old.isPresent() ? old.get().index() : freeIndex(id.direction(), wantedIndex);
    PolicyEntry added = entry.apply(index);
    List<PolicyEntry> order = order(added);
    order.add(place(order, added, old), added);
    all.addFirst(added);
    old.ifPresent(this::remove);
    return added;
  }

  /** Behind those of its priority; but one that is replaced without losing keeps its place. */
  private static int place(List<PolicyEntry> order, PolicyEntry added, Optional<PolicyEntry> old) {
    int place = 0;
    boolean passedOld = false;
    for (int i = 0; i < order.size(); i++) {
      PolicyEntry next = order.get(i);
      if (old.isPresent() && next == old.get()) {
        passedOld = true;
        if (added.priority() > next.priority()) {
          continue;
        }
      } else if (added.priority() >= next.priority()) {
        place = i + 1;
        continue;
      }
      if (passedOld) {
        break;
      }
    }
    return place;
  }

  private List<PolicyEntry> order(PolicyEntry entry) {
    return (entry.isExact() ? exact : inexact).get(entry.direction());
  }

  void remove(PolicyEntry entry) {
    all.remove(entry);
    order(entry).remove(entry);
  }

  /** Sorts all anew, the oldest first, after it has changed which of them are exact. */
  void rebuild(Predicate<XfrmPolicy> isExact) {
    exact.values().forEach(List::clear);
    inexact.values().forEach(List::clear);
    for (Iterator<PolicyEntry> oldestFirst = all.descendingIterator(); oldestFirst.hasNext(); ) {
      PolicyEntry entry = oldestFirst.next();
      entry.exact(isExact.test(entry.policy()));
      List<PolicyEntry> order = order(entry);
      order.add(place(order, entry, Optional.empty()), entry);
    }
  }

  private int freeIndex(XfrmDirection direction, int wanted) {
    int index = wanted;
    while (index == 0 || isTaken(index)) {
      index = nextIndex | number(direction);
      nextIndex += INDEX_STEP;
      if (index == 0) {
        index = INDEX_STEP;
      }
    }
    return index;
  }

  private boolean isTaken(int index) {
    return all.stream().anyMatch(e -> e.index() == index);
  }

  /** The sub database goes first. */
  Optional<XfrmPolicy> lookup(XfrmDirection direction, Flow flow) {
    Optional<PolicyEntry> sub = lookup(direction, flow, XfrmPolicyType.SUB);
    return (sub.isPresent() ? sub : lookup(direction, flow, XfrmPolicyType.MAIN))
        .map(PolicyEntry::policy);
  }

  private Optional<PolicyEntry> lookup(XfrmDirection direction, Flow flow, XfrmPolicyType type) {
    Optional<PolicyEntry> exactly = first(exact.get(direction), flow, type);
    Optional<PolicyEntry> other = first(inexact.get(direction), flow, type);
    if (exactly.isEmpty() || other.isEmpty()) {
      return exactly.isPresent() ? exactly : other;
    }
    long difference = other.get().priority() - exactly.get().priority();
    // Between equals the kernel compares places in the list of the inexact; the exact have 0 there.
    boolean otherWins =
        difference < 0 || (difference == 0 && inexact.get(direction).get(0) == other.get());
    return otherWins ? other : exactly;
  }

  private static Optional<PolicyEntry> first(
      List<PolicyEntry> order, Flow flow, XfrmPolicyType type) {
    return order.stream().filter(e -> e.type() == type && e.matches(flow)).findFirst();
  }
}
