package io.gkm.dataplane;

import io.gkm.dataplane.Goals.Protection;
import io.gkm.dataplane.KernelOp.AddPolicy;
import io.gkm.dataplane.KernelOp.AddSa;
import io.gkm.dataplane.KernelOp.DeletePolicy;
import io.gkm.dataplane.KernelOp.DeleteSa;
import io.gkm.dataplane.KernelOp.UpdatePolicy;
import io.gkm.dataplane.KernelOp.UpdateSaLifetime;
import io.gkm.dataplane.Plan.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes what is missing between what the groups need and what the kernel holds. Pure, but for
 * the reqids it draws.
 *
 * <p>The order: guards close; SAs whose identity is needed again go, new SAs come, those that only
 * receive first; policies switch, inwards before outwards; what lost its SA gets its guard back;
 * old SAs go; policies nobody needs go, guards last. That a policy goes away can open what it
 * covered, so none is planned to go before all guards have been seen standing: the next plan has it
 * then.
 */
final class KernelPlanner {
  // The kernel counts whole seconds.
  private static final long LIFETIME_TOLERANCE = 2;

  private final Goals goals;
  private final Map<PolicyKey, KernelPolicy> installed = new LinkedHashMap<>();
  private final Map<SaId, KernelSa> present = new LinkedHashMap<>();
  private final Set<Integer> usedReqids = new HashSet<>();
  private final Map<SaId, Integer> reqidOf = new HashMap<>();
  private final Leftovers leftovers;
  private final Reqids reqids;
  private final long time;

  private final List<Step> closing = new ArrayList<>();
  private final List<Step> replacedSas = new ArrayList<>();
  private final List<Step> newSas = new ArrayList<>();
  private final List<Step> inwards = new ArrayList<>();
  private final List<Step> outwards = new ArrayList<>();
  private final List<Step> fallingBack = new ArrayList<>();
  private final List<Step> oldSas = new ArrayList<>();
  private final List<Step> oldPolicies = new ArrayList<>();

  private KernelPlanner(
      List<GroupNeed> needs, KernelState kernel, Ownership ownership, Reqids reqids) {
    this.reqids = reqids;
    this.time = kernel.time();
    Set<PolicyKey> foreignPolicies = new HashSet<>();
    for (KernelPolicy policy : kernel.policies()) {
      if (ownership.owns(policy)) {
        installed.put(policy.key(), policy);
      } else {
        foreignPolicies.add(policy.key());
      }
    }
    Set<SaId> foreignSas = new HashSet<>(kernel.otherSas());
    for (KernelSa sa : kernel.sas()) {
      usedReqids.add(sa.reqid());
      if (ownership.owns(sa)) {
        present.put(sa.spec().id(), sa);
      } else {
        foreignSas.add(sa.spec().id());
      }
    }
    kernel.policies().stream()
        .flatMap(policy -> policy.templates().stream())
        .forEach(template -> usedReqids.add(template.reqid()));
    this.goals = new Goals(needs, foreignPolicies, foreignSas);
    this.leftovers = Leftovers.of(needs, present.values(), installed);
  }

  /** The plan that leads from {@code kernel} to {@code needs}; empty when it is there. */
  static Plan plan(List<GroupNeed> needs, KernelState kernel, Ownership ownership, Reqids reqids) {
    return new KernelPlanner(needs, kernel, ownership, reqids).plan();
  }

  private Plan plan() {
    goals.base.values().forEach(this::close);
    boolean guardsStand = closing.isEmpty();
    goals.sas.values().stream().sorted(Comparator.comparingInt(this::reach)).forEach(this::provide);
    goals.protections.forEach(this::protect);
    goals.base.values().forEach(this::fallBack);
    for (SaId id : present.keySet()) {
      if (!goals.sas.containsKey(id) && !leftovers.sas().contains(id)) {
        oldSas.add(new Step(new DeleteSa(id), Set.of()));
      }
    }
    if (guardsStand) {
      removeUnused();
    }
    return new Plan(
        List.of(closing, replacedSas, newSas, inwards, outwards, fallingBack, oldSas, oldPolicies),
        goals.problems());
  }

  /** Whatever is to happen later: first nothing of the group may pass in clear. */
  private void close(KernelPolicy policy) {
    KernelPolicy there = installed.get(policy.key());
    if (there == null) {
      closing.add(step(new AddPolicy(policy), policy.key()));
    } else if (there.passesClear() && !policy.passesClear()) {
      closing.add(step(new UpdatePolicy(KernelPolicy.guard(policy.key())), policy.key()));
    }
  }

  private int reach(Protection protection) {
    return (protection.sa().inbound() ? 0 : 2) + (protection.sa().outbound() ? 1 : 0);
  }

  private void provide(Protection protection) {
    SaNeed need = protection.sa();
    SaId id = need.spec().id();
    Set<String> group = Set.of(protection.group());
    KernelSa there = present.get(id);
    if (there != null && there.transportMode() && there.spec().equals(need.spec())) {
      reqidOf.put(id, there.reqid());
      keepLifetime(there, need, group);
      return;
    }
    int reqid = reqids.next(usedReqids);
    usedReqids.add(reqid);
    reqidOf.put(id, reqid);
    if (there != null) {
      replacedSas.add(new Step(new DeleteSa(id), group));
    }
    newSas.add(new Step(new AddSa(need.spec(), reqid, need.lifetime()), group));
  }

  private void keepLifetime(KernelSa there, SaNeed need, Set<String> group) {
    long age = time - there.addTime();
    long wanted = need.lifetime().hardSeconds();
    long hard = there.lifetime().hardSeconds();
    boolean same =
        (wanted == 0 || hard == 0)
            ? wanted == hard
            : Math.abs(hard - age - wanted) <= LIFETIME_TOLERANCE;
    if (!same) {
      newSas.add(
          new Step(
              new UpdateSaLifetime(there.spec(), there.reqid(), need.lifetime().since(age)),
              group));
    }
  }

  private void protect(PolicyKey key, Protection protection) {
    SaId id = protection.sa().spec().id();
    boolean out = key.direction() == Direction.OUT;
    KernelPolicy policy =
        KernelPolicy.protect(key, id.destination(), id.protocol(), out ? reqidOf.get(id) : 0);
    KernelPolicy there = installed.get(key);
    if (!policy.equals(there)) {
      // What is in base is there by then, or its addition failed and so does this.
      boolean update = there != null || goals.base.containsKey(key);
      KernelOp op = update ? new UpdatePolicy(policy) : new AddPolicy(policy);
      (out ? outwards : inwards).add(step(op, key));
    }
  }

  private void fallBack(KernelPolicy policy) {
    KernelPolicy there = installed.get(policy.key());
    boolean protectedNow =
        goals.protections.containsKey(policy.key()) || leftovers.policies().contains(policy.key());
    boolean closedAbove = there != null && there.passesClear() && !policy.passesClear();
    if (there != null && !protectedNow && !closedAbove && !there.equals(policy)) {
      fallingBack.add(step(new UpdatePolicy(policy), policy.key()));
    }
  }

  private void removeUnused() {
    installed.values().stream()
        .filter(policy -> !goals.base.containsKey(policy.key()))
        .filter(policy -> !goals.protections.containsKey(policy.key()))
        .filter(policy -> !leftovers.policies().contains(policy.key()))
        .filter(policy -> policy.passesClear() || !standsIn(policy.key()))
        .sorted(Comparator.comparing(KernelPolicy::block))
        .forEach(policy -> oldPolicies.add(new Step(new DeletePolicy(policy.key()), Set.of())));
  }

  /** Whether it closes what a guard should, in whose place is somebody else's policy. */
  private boolean standsIn(PolicyKey key) {
    return goals.missingGuards.stream()
        .anyMatch(
            guard ->
                guard.direction() == key.direction() && guard.selector().overlaps(key.selector()));
  }

  private Step step(KernelOp op, PolicyKey key) {
    return new Step(op, Set.copyOf(goals.users(key)));
  }
}
