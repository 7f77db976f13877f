package io.gkm.dataplane;

import io.gkm.dataplane.DataPlaneProblem.KernelRefused;
import io.gkm.group.DesiredState;
import io.gkm.ike.Moment;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetworkNamespace;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kernel's XFRM as a data plane: reads, plans, changes, and looks again. */
public final class XfrmDataPlane implements DataPlane {
  /** Guards and the rest, what waited for the guards, and two more for what failed. */
  private static final int MAX_ROUNDS = 4;

  private final XfrmKernel kernel;
  private final boolean hasSaDirection;
  private final Ownership ownership = new Ownership();
  private final Reqids reqids = new Reqids();

  /** What was applied last, without SAs and their keys. */
  private List<GroupNeed> applied = List.of();

  private XfrmDataPlane(XfrmClient client, boolean hasSaDirection) {
    this.kernel = new XfrmKernel(client);
    this.hasSaDirection = hasSaDirection;
  }

  /**
   * The data plane of the calling thread's network namespace.
   *
   * @throws DataPlaneException when XFRM cannot be reached, or the kernel has no ESP
   */
  public static XfrmDataPlane open() {
    return open(XfrmClient::open);
  }

  /** The same for another network namespace. */
  public static XfrmDataPlane open(NetworkNamespace namespace) {
    return open(() -> XfrmClient.open(namespace));
  }

  private interface Opener {
    XfrmClient open() throws NetlinkException;
  }

  private static XfrmDataPlane open(Opener opener) {
    try {
      return over(opener.open());
    } catch (NetlinkException e) {
      throw new DataPlaneException("the kernel's XFRM cannot be reached: " + e.getMessage(), e);
    }
  }

  /** The data plane of whatever answers to this client, which is closed with it. */
  static XfrmDataPlane over(XfrmClient client) {
    try {
      return new XfrmDataPlane(client, SaDirectionProbe.run(client));
    } catch (NetlinkException | XfrmException e) {
      client.close();
      throw new DataPlaneException("this kernel cannot do ESP for us: " + e.getMessage(), e);
    }
  }

  @Override
  public ApplyResult apply(DesiredState desired, Moment now) {
    List<GroupNeed> needs = Needs.of(desired, hasSaDirection, now);
    applied = needs.stream().map(GroupNeed::closed).toList();
    return reach(needs);
  }

  @Override
  public KernelSnapshot snapshot() {
    try {
      return new KernelSnapshot(kernel.counters(ownership));
    } catch (NetlinkException | XfrmException e) {
      throw unreachable(e);
    }
  }

  @Override
  public void removeSas() {
    remove(applied);
  }

  @Override
  public void removeAll() {
    remove(List.of());
  }

  /** Removes what a gkm that has ended left: all that bears our mark. */
  public ApplyResult removeLeftovers() {
    return reach(List.of());
  }

  private void remove(List<GroupNeed> rest) {
    if (ownership.isUnused()) {
      // What bears our mark is then somebody else's: of a gkm that is running, maybe.
      return;
    }
    ApplyResult result = reach(rest);
    if (!result.failures().isEmpty()) {
      throw new DataPlaneException(
          "not all could be removed: " + String.join("; ", result.failures()), null);
    }
  }

  @Override
  public void close() {
    kernel.close();
  }

  private ApplyResult reach(List<GroupNeed> needs) {
    List<String> done = new ArrayList<>();
    Map<String, List<DataPlaneProblem>> problems = new LinkedHashMap<>();
    List<String> refusals = new ArrayList<>();
    try {
      for (int round = 0; round <= MAX_ROUNDS; round++) {
        try (KernelState state = kernel.read()) {
          ownership.adoptOnce(state);
          Plan plan = KernelPlanner.plan(needs, state, ownership, reqids);
          problems = plan.problems();
          if (plan.isEmpty()) {
            refusals.clear();
            break;
          }
          if (round == MAX_ROUNDS) {
            if (refusals.isEmpty()) {
              refusals.add("the kernel accepts everything but still lacks: " + plan.ops());
            }
            break;
          }
          refusals.clear();
          carryOut(plan, done, refusals);
        }
      }
    } catch (NetlinkException | XfrmException e) {
      throw unreachable(e);
    }
    List<String> failures = new ArrayList<>();
    problems.forEach(
        (group, list) -> list.forEach(p -> failures.add("group " + group + ": " + p.text())));
    failures.addAll(refusals);
    return new ApplyResult(failures, done);
  }

  /** A group whose step failed does not get its later steps: they build on it. */
  private void carryOut(Plan plan, List<String> done, List<String> refusals)
      throws NetlinkException {
    Set<String> failed = new HashSet<>();
    for (List<Plan.Step> stage : plan.stages()) {
      List<Plan.Step> steps =
          stage.stream().filter(s -> Collections.disjoint(s.groups(), failed)).toList();
      List<KernelOp> ops = steps.stream().map(Plan.Step::op).toList();
      ownership.willDo(ops);
      List<Optional<XfrmException>> results = kernel.execute(ops);
      for (int i = 0; i < ops.size(); i++) {
        Plan.Step step = steps.get(i);
        if (results.get(i).isEmpty()) {
          done.add(step.op().toString());
        } else {
          failed.addAll(step.groups());
          refusals.add(refusal(step, results.get(i).get()));
        }
      }
    }
  }

  private static String refusal(Plan.Step step, XfrmException why) {
    String text = new KernelRefused(step.op().toString(), why.getMessage()).text();
    return step.groups().isEmpty()
        ? text
        : "group " + String.join(", ", step.groups()) + ": " + text;
  }

  private static DataPlaneException unreachable(Exception e) {
    return new DataPlaneException("the kernel's XFRM does not answer: " + e.getMessage(), e);
  }
}
