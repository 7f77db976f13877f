package io.gkm.dataplane;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an earlier run has left in the kernel and may stay until the key server has answered: SAs
 * for traffic that is guarded, and the policies that lead through them. A daemon that was killed so
 * comes back without an interruption, and no SA is made anew under a key that it has had already.
 *
 * @param sas keys end by themselves: one without lifetime is not kept
 * @param policies closed ones only: each asks for one of these SAs
 */
record Leftovers(Set<SaId> sas, Set<PolicyKey> policies) {

  static Leftovers of(
      List<GroupNeed> needs, Collection<KernelSa> present, Map<PolicyKey, KernelPolicy> installed) {
    List<KernelSelector> guards =
        needs.stream()
            .filter(GroupNeed::keepsLeftovers)
            .flatMap(need -> need.guards().stream())
            .toList();
    List<KernelSa> kept = present.stream().filter(sa -> isKept(sa, guards)).toList();
    Set<SaId> sas = new HashSet<>();
    kept.forEach(sa -> sas.add(sa.spec().id()));
    Set<PolicyKey> policies = new HashSet<>();
    installed.forEach(
        (key, policy) -> {
          if (!policy.block() && !policy.passesClear() && leadsThrough(policy, kept)) {
            policies.add(key);
          }
        });
    return new Leftovers(Set.copyOf(sas), Set.copyOf(policies));
  }

  private static boolean isKept(KernelSa sa, List<KernelSelector> guards) {
    return sa.transportMode()
        && sa.lifetime().hardSeconds() > 0
        && guards.stream().anyMatch(guard -> guard.contains(sa.spec().selector()));
  }

  private static boolean leadsThrough(KernelPolicy policy, List<KernelSa> sas) {
    return policy.templates().stream()
        .allMatch(
            template ->
                sas.stream()
                    .anyMatch(
                        sa ->
                            sa.spec().id().protocol() == template.protocol()
                                && sa.spec().id().destination().equals(template.destination())
                                && (template.reqid() == 0 || template.reqid() == sa.reqid())));
  }
}
