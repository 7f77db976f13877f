package io.gkm.dataplane;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which of the kernel's objects are ours to change: those with our mark which this run has added,
 * or found when it began (an earlier run that was killed). What appears with our mark later and was
 * not added by us belongs to somebody else.
 */
final class Ownership {
  private final Set<SaId> sas = new HashSet<>();
  private final Set<PolicyKey> policies = new HashSet<>();
  private boolean adopted;

  /** At first sight of the kernel: all that bears our mark. Later: nothing. */
  void adoptOnce(KernelState kernel) {
    if (!adopted) {
      adopted = true;
      kernel.sas().forEach(sa -> sas.add(sa.spec().id()));
      kernel.policies().stream()
          .filter(KernelPolicy::hasOurMark)
          .forEach(policy -> policies.add(policy.key()));
    }
  }

  /** Whether nothing was ever looked at or added. */
  boolean isUnused() {
    return !adopted;
  }

  /** Before the operations are sent: a lost answer must not make us forget what we added. */
  void willDo(Collection<KernelOp> ops) {
    for (KernelOp op : ops) {
      if (op instanceof KernelOp.AddSa add) {
        sas.add(add.spec().id());
      } else if (op instanceof KernelOp.AddPolicy add) {
        policies.add(add.policy().key());
      }
    }
  }

  boolean owns(KernelSa sa) {
    return owns(sa.spec().id(), sa.reqid());
  }

  boolean owns(SaId id, int reqid) {
    return Reqids.isOurs(reqid) && sas.contains(id);
  }

  boolean owns(KernelPolicy policy) {
    return policy.hasOurMark() && policies.contains(policy.key());
  }
}
