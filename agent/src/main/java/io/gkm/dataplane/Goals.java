package io.gkm.dataplane;

import io.gkm.dataplane.DataPlaneProblem.ForeignPolicy;
import io.gkm.dataplane.DataPlaneProblem.ForeignSa;
import io.gkm.dataplane.DataPlaneProblem.Taken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What all groups need, put together: each policy key and each SA once, with the groups that use
 * it. Of two that want the same, the group named first has it; whoever meets somebody else's object
 * stays closed: its guards only.
 */
final class Goals {
  /** A protecting policy: through this SA outwards, through any of its protocol inwards. */
  record Protection(SaNeed sa, String group) {}

  /** Guards and bypasses. */
  final Map<PolicyKey, KernelPolicy> base = new LinkedHashMap<>();

  final Map<PolicyKey, Protection> protections = new LinkedHashMap<>();
  final Map<SaId, Protection> sas = new LinkedHashMap<>();

  /** Guards that cannot stand: somebody else's policy is in their place. */
  final Set<PolicyKey> missingGuards = new HashSet<>();

  private final Map<String, List<DataPlaneProblem>> problems = new LinkedHashMap<>();
  private final Map<PolicyKey, Set<String>> users = new HashMap<>();
  private final Set<PolicyKey> foreignPolicies;
  private final Set<SaId> foreignSas;

  Goals(List<GroupNeed> needs, Set<PolicyKey> foreignPolicies, Set<SaId> foreignSas) {
    this.foreignPolicies = foreignPolicies;
    this.foreignSas = foreignSas;
    for (GroupNeed need : needs) {
      need.problems().forEach(problem -> report(need.group(), problem));
      need.guards().forEach(guard -> bothWays(need.group(), guard, false));
    }
    for (GroupNeed need : needs) {
      need.bypasses().forEach(bypass -> bothWays(need.group(), bypass, true));
      if (mayOpen(need)) {
        need.sas().forEach(sa -> accept(need.group(), sa));
      }
    }
  }

  /** By group, those that have any. */
  Map<String, List<DataPlaneProblem>> problems() {
    return problems;
  }

  /** The groups that need this policy, in the order of their names. */
  Set<String> users(PolicyKey key) {
    return users.getOrDefault(key, Set.of());
  }

  private void bothWays(String group, KernelSelector selector, boolean bypass) {
    for (Direction direction : Direction.values()) {
      PolicyKey key = new PolicyKey(selector, direction);
      uses(key, group);
      if (foreignPolicies.contains(key)) {
        if (!bypass) {
          missingGuards.add(key);
        }
      } else {
        // A guard that another flow asks for by name is stronger than a bypass.
        base.putIfAbsent(key, bypass ? KernelPolicy.bypass(key) : KernelPolicy.guard(key));
      }
    }
  }

  private boolean mayOpen(GroupNeed need) {
    List<PolicyKey> taken =
        Stream.concat(
                Stream.concat(need.guards().stream(), need.bypasses().stream())
                    .flatMap(Goals::keys),
                need.sas().stream().flatMap(sa -> sa.selectors().stream()).flatMap(Goals::keys))
            .filter(foreignPolicies::contains)
            .distinct()
            .toList();
    taken.forEach(key -> report(need.group(), new ForeignPolicy(key.toString())));
    return taken.isEmpty();
  }

  private static Stream<PolicyKey> keys(KernelSelector selector) {
    return Stream.of(new PolicyKey(selector, Direction.IN), new PolicyKey(selector, Direction.OUT));
  }

  private void accept(String group, SaNeed sa) {
    SaId id = sa.spec().id();
    if (foreignSas.contains(id)) {
      report(group, new ForeignSa(id.toString()));
      return;
    }
    Protection mine = new Protection(sa, group);
    Protection other = sas.putIfAbsent(id, mine);
    if (other != null) {
      report(group, new Taken("SA " + id, other.group()));
      return;
    }
    for (KernelSelector selector : sa.selectors()) {
      if (sa.inbound()) {
        protect(new PolicyKey(selector, Direction.IN), mine);
      }
      if (sa.outbound()) {
        protect(new PolicyKey(selector, Direction.OUT), mine);
      }
    }
  }

  private void protect(PolicyKey key, Protection mine) {
    uses(key, mine.group());
    Protection other = protections.putIfAbsent(key, mine);
    // Inwards all SAs of one protocol to one group address share a policy.
    if (other != null
        && (key.direction() == Direction.OUT
            || other.sa().spec().id().protocol() != mine.sa().spec().id().protocol())) {
      report(mine.group(), new Taken("policy " + key, other.group()));
    }
  }

  private void uses(PolicyKey key, String group) {
    users.computeIfAbsent(key, unused -> new TreeSet<>()).add(group);
  }

  private void report(String group, DataPlaneProblem problem) {
    problems.computeIfAbsent(group, unused -> new ArrayList<>()).add(problem);
  }
}
