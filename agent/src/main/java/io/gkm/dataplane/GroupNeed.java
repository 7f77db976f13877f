package io.gkm.dataplane;

import java.util.List;

/**
 * What one group needs in the kernel, in the kernel's terms.
 *
 * @param guards traffic that never passes in clear
 * @param bypasses what is inside it and passes all the same: membership reports, exceptions
 * @param keepsLeftovers whether SAs of an earlier run for the guarded traffic stay
 * @param problems what could not be put in these terms
 */
record GroupNeed(
    String group,
    List<KernelSelector> guards,
    List<KernelSelector> bypasses,
    List<SaNeed> sas,
    boolean keepsLeftovers,
    List<DataPlaneProblem> problems) {
  GroupNeed {
    guards = List.copyOf(guards);
    bypasses = List.copyOf(bypasses);
    sas = List.copyOf(sas);
    problems = List.copyOf(problems);
  }

  /** The same group without SAs. */
  GroupNeed closed() {
    return new GroupNeed(group, guards, bypasses, List.of(), false, List.of());
  }
}
