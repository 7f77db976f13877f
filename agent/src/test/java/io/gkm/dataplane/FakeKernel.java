package io.gkm.dataplane;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * SAD and SPD in memory, with the kernel's rules of uniqueness and lookup. Answers whether a clear
 * packet would pass.
 */
final class FakeKernel {
  final Map<SaId, KernelSa> sas = new LinkedHashMap<>();
  final Map<PolicyKey, KernelPolicy> policies = new LinkedHashMap<>();
  final Set<SaId> foreignSas;
  long time = 1_000_000;

  FakeKernel(Set<SaId> foreignSas) {
    this.foreignSas = foreignSas;
  }

  FakeKernel copy() {
    FakeKernel copy = new FakeKernel(foreignSas);
    copy.sas.putAll(sas);
    copy.policies.putAll(policies);
    copy.time = time;
    return copy;
  }

  KernelState read() {
    return new KernelState(
        List.copyOf(sas.values()), foreignSas, List.copyOf(policies.values()), time);
  }

  /** Whether the kernel would have done it. */
  boolean execute(KernelOp op) {
    if (op instanceof KernelOp.AddSa add) {
      SaId id = add.spec().id();
      return !foreignSas.contains(id)
          && sas.putIfAbsent(id, sa(add.spec(), add.reqid(), add.lifetime(), time)) == null;
    }
    if (op instanceof KernelOp.UpdateSaLifetime update) {
      KernelSa there = sas.get(update.spec().id());
      if (there == null || !there.spec().equals(update.spec()) || there.reqid() != update.reqid()) {
        return false;
      }
      sas.put(
          update.spec().id(),
          sa(update.spec(), update.reqid(), update.lifetime(), there.addTime()));
      return true;
    }
    if (op instanceof KernelOp.DeleteSa delete) {
      return sas.remove(delete.id()) != null;
    }
    if (op instanceof KernelOp.AddPolicy add) {
      return policies.putIfAbsent(add.policy().key(), add.policy()) == null;
    }
    if (op instanceof KernelOp.UpdatePolicy update) {
      // As XFRM_MSG_UPDPOLICY: adds where there is none.
      policies.put(update.policy().key(), update.policy());
      return true;
    }
    return policies.remove(((KernelOp.DeletePolicy) op).key()) != null;
  }

  /** Of several policies of one priority each could be the one found: one that passes counts. */
  boolean passesClear(Packet packet, Direction direction) {
    int best = Integer.MAX_VALUE;
    boolean passes = true;
    for (KernelPolicy policy : policies.values()) {
      if (policy.key().direction() != direction
          || policy.priority() > best
          || !packet.matches(policy.key().selector())) {
        continue;
      }
      passes = policy.passesClear() || (policy.priority() == best && passes);
      best = policy.priority();
    }
    return passes;
  }

  /** Whether a packet going out is protected and not dropped: by which SPIs it could be. */
  List<Integer> outboundSpis(Packet packet) {
    List<Integer> spis = new ArrayList<>();
    policies.values().stream()
        .filter(policy -> policy.key().direction() == Direction.OUT)
        .filter(policy -> packet.matches(policy.key().selector()))
        .flatMap(policy -> policy.templates().stream())
        .forEach(
            template ->
                sas.values().stream()
                    .filter(sa -> sa.reqid() == template.reqid())
                    .forEach(sa -> spis.add(sa.spec().id().spi())));
    return spis;
  }

  private static KernelSa sa(SaSpec spec, int reqid, Lifetime lifetime, long addTime) {
    return new KernelSa(spec, reqid, true, lifetime, addTime, 0, 0);
  }
}
