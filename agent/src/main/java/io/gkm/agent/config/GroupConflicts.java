package io.gkm.agent.config;

import io.gkm.agent.config.GroupReader.Member;
import io.gkm.group.Flow;
import io.gkm.group.PortRange;
import io.gkm.group.Prefix;
import java.util.List;

/**
 * Finds groups that cannot live side by side: the same IDg at one key server, and traffic that
 * would belong to two groups, so that nobody could tell which group's keys protect it.
 */
final class GroupConflicts {
  private final Problems problems;

  GroupConflicts(Problems problems) {
    this.problems = problems;
  }

  void check(List<Member> members) {
    for (int i = 0; i < members.size(); i++) {
      checkWithin(members.get(i));
      for (int j = 0; j < i; j++) {
        check(members.get(i), members.get(j));
      }
    }
  }

  private void checkWithin(Member member) {
    List<Flow> flows = member.settings().allow();
    for (int i = 0; i < flows.size(); i++) {
      if (flows.subList(0, i).contains(flows.get(i))) {
        problems.error(
            member.flowsAt().get(i),
            "allow in [group.%s] has \"%s\" twice"
                .formatted(member.settings().name(), flows.get(i)));
      }
    }
  }

  private void check(Member later, Member earlier) {
    if (later.controller() == earlier.controller()
        && later.settings().id().equals(earlier.settings().id())) {
      problems.error(
          later.idAt(),
          "[group.%s] has the same id as [group.%s] on controller %s; a group is joined once"
              .formatted(
                  later.settings().name(), earlier.settings().name(), later.controller().name));
    }
    List<Flow> flows = later.settings().allow();
    for (int i = 0; i < flows.size(); i++) {
      for (Flow other : earlier.settings().allow()) {
        if (overlap(flows.get(i), other)) {
          problems.error(
              later.flowsAt().get(i),
              "allow in [group.%s]: \"%s\" overlaps \"%s\" of [group.%s]; traffic belongs to one group"
                  .formatted(
                      later.settings().name(), flows.get(i), other, earlier.settings().name()));
        }
      }
    }
  }

  private static boolean overlap(Flow one, Flow other) {
    return overlap(one.source(), other.source())
        && overlap(one.destination(), other.destination())
        && (one.ipProtocol() == 0
            || other.ipProtocol() == 0
            || one.ipProtocol() == other.ipProtocol())
        && overlap(one.sourcePorts(), other.sourcePorts())
        && overlap(one.destinationPorts(), other.destinationPorts());
  }

  private static boolean overlap(Prefix one, Prefix other) {
    return one.contains(other.address()) || other.contains(one.address());
  }

  private static boolean overlap(PortRange one, PortRange other) {
    return one.first() <= other.last() && other.first() <= one.last();
  }
}
