package io.gkm.dataplane;

import java.util.List;

/**
 * What one group needs in the kernel, in the kernel's terms.
 *
 * @param guards traffic that never passes in clear
 * @param bypasses membership reports inside it that must pass all the same
 * @param problems what could not be put in these terms
 */
record GroupNeed(
    String group,
    List<KernelSelector> guards,
    List<KernelSelector> bypasses,
    List<SaNeed> sas,
    List<DataPlaneProblem> problems) {
  GroupNeed {
    guards = List.copyOf(guards);
    bypasses = List.copyOf(bypasses);
    sas = List.copyOf(sas);
    problems = List.copyOf(problems);
  }
}
