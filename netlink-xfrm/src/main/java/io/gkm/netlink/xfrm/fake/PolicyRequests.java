package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmDeletePolicy;
import io.gkm.netlink.xfrm.XfrmFlushPolicies;
import io.gkm.netlink.xfrm.XfrmGetPolicy;
import io.gkm.netlink.xfrm.XfrmGroup;
import io.gkm.netlink.xfrm.XfrmMessage;
import io.gkm.netlink.xfrm.XfrmNewPolicy;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyExpire;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmPolicyType;
import io.gkm.netlink.xfrm.XfrmSelector;
import io.gkm.netlink.xfrm.XfrmUpdatePolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Requests about policies, and how policies come to their limits. */
final class PolicyRequests {
  private final Spd spd;
  private final SpdSettings settings;
  private final Multicast multicast;
  private final LongSupplier clock;

  PolicyRequests(Spd spd, SpdSettings settings, Multicast multicast, LongSupplier clock) {
    this.spd = spd;
    this.settings = settings;
    this.multicast = multicast;
    this.clock = clock;
  }

  void add(XfrmPolicy request, Origin origin) throws Refusal {
    XfrmPolicy added = insert(request, true);
    multicast.tell(XfrmGroup.POLICY, new XfrmNewPolicy(added), origin);
  }

  void update(XfrmPolicy request, Origin origin) throws Refusal {
    XfrmPolicy added = insert(request, false);
    multicast.tell(XfrmGroup.POLICY, new XfrmUpdatePolicy(added), origin);
  }

  private XfrmPolicy insert(XfrmPolicy request, boolean exclusive) throws Refusal {
    PolicyRules.check(request);
    long now = clock.getAsLong();
    XfrmPolicyId asked = request.id();
    XfrmPolicyId id =
        new XfrmPolicyId(
            asked.selector(),
            asked.direction(),
            Marks.masked(asked.mark()),
            asked.interfaceId(),
            asked.type());
    return spd.insert(
            id,
            request.index(),
            exclusive,
            index ->
                new PolicyEntry(
                    PolicyRules.made(request, index, now), settings.isExact(request), now))
        .policy();
  }

  XfrmNewPolicy get(XfrmGetPolicy request) throws Refusal {
    return new XfrmNewPolicy(require(request.id(), request.index()).policy());
  }

  void delete(XfrmDeletePolicy request, Origin origin) throws Refusal {
    PolicyEntry entry = require(request.id(), request.index());
    spd.remove(entry);
    XfrmPolicyId id = entry.policy().id();
    // An event tells the one that the request named it by.
    XfrmSelector selector =
        request.index() == 0
            ? id.selector()
            : XfrmSelector.unspecified(id.selector().destination());
    XfrmAttributes attributes =
        entry
            .policy()
            .attributes()
            .without(XfrmAttributeType.MARK, XfrmAttributeType.IF_ID)
            .with(entry.policy().info());
    XfrmPolicyId name =
        new XfrmPolicyId(
            selector, id.direction(), id.mark(), id.interfaceId(), XfrmPolicyType.MAIN);
    int index = request.index() == 0 ? 0 : entry.index();
    multicast.tell(XfrmGroup.POLICY, new XfrmDeletePolicy(name, index, attributes), origin);
  }

  private PolicyEntry require(XfrmPolicyId id, int index) throws Refusal {
    PolicyRules.checkType(id.type());
    Optional<PolicyEntry> found = index == 0 ? spd.find(id) : spd.find(id, index);
    return found.orElseThrow(() -> new Refusal(Errno.ENOENT));
  }

  List<XfrmMessage> dump() {
    return spd.all().stream().<XfrmMessage>map(e -> new XfrmNewPolicy(e.policy())).toList();
  }

  /** An empty database is flushed without an event. */
  void flush(XfrmFlushPolicies request, Origin origin) throws Refusal {
    XfrmPolicyType type =
        request.attributes().find(XfrmPolicyType.class).orElse(XfrmPolicyType.MAIN);
    PolicyRules.checkType(type);
    List<PolicyEntry> flushed = spd.all().stream().filter(e -> e.type() == type).toList();
    flushed.forEach(spd::remove);
    if (!flushed.isEmpty()) {
      XfrmFlushPolicies event = new XfrmFlushPolicies(XfrmAttributes.of(type));
      multicast.tell(XfrmGroup.POLICY, event, origin);
    }
  }

  void expire(XfrmPolicyExpire request, Origin origin) throws Refusal {
    PolicyEntry entry = require(request.policy().id(), request.policy().index());
    expire(entry, request.hard(), origin);
  }

  private void expire(PolicyEntry entry, boolean hard, Origin origin) {
    if (hard) {
      spd.remove(entry);
    }
    XfrmPolicyExpire event = new XfrmPolicyExpire(entry.policy(), hard);
    multicast.tell(XfrmGroup.EXPIRE, event, origin);
  }

  /** The next second in which a time limit is reached. */
  long nextDue() {
    return spd.all().stream()
        .mapToLong(e -> Math.min(e.hardDue(), e.softDue()))
        .min()
        .orElse(SaAging.NEVER);
  }

  /** Lets expire what is due. */
  void expireDue(long now) {
    for (PolicyEntry entry : spd.all()) {
      if (entry.hardDue() <= now) {
        expire(entry, true, Origin.KERNEL);
      } else if (entry.softDue() <= now) {
        entry.softTold(now);
        expire(entry, false, Origin.KERNEL);
      }
    }
  }
}
