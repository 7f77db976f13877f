package io.gkm.dataplane;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Operations in the order in which they are to be done. Whichever of them fail or are never
 * reached, no traffic of a wanted group that was closed before is open after.
 *
 * @param stages each may be sent as one batch; a later one should know how the earlier went
 * @param problems by group, what no operation can mend
 */
record Plan(List<List<Step>> stages, Map<String, List<DataPlaneProblem>> problems) {
  /** An operation and the groups that cannot go on when it fails; none when nobody waits for it. */
  record Step(KernelOp op, Set<String> groups) {}

  Plan {
    stages = stages.stream().filter(stage -> !stage.isEmpty()).map(List::copyOf).toList();
    problems = Map.copyOf(problems);
  }

  /** Whether the kernel already holds what it should, as far as possible. */
  boolean isEmpty() {
    return stages.isEmpty();
  }

  List<KernelOp> ops() {
    return stages.stream().flatMap(List::stream).map(Step::op).toList();
  }
}
