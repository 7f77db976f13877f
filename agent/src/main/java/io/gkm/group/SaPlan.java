package io.gkm.group;

import io.gkm.ike.Moment;
import io.gkm.ike.crypto.DataSaKeys;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Accepted policies as data SAs: in which direction each is used here, and which of several for the
 * same traffic is the one to send with.
 *
 * @param sas the SAs that have a use
 * @param limits why others, or directions, have none although policy and role ask for it
 */
record SaPlan(List<DataSa> sas, List<String> limits) {

  /**
   * @param keys of each policy, in the same order; this method takes them over and wipes those of
   *     SAs without use
   */
  static SaPlan of(
      Moment now,
      Role role,
      Set<InetAddress> ours,
      List<AcceptedPolicy> policies,
      List<DataSaKeys> keys) {
    List<Directions> directions =
        policies.stream().map(policy -> Directions.of(policy, role, ours)).toList();
    Set<Integer> preferred = preferred(policies, directions);
    List<DataSa> sas = new ArrayList<>();
    List<String> limits = new ArrayList<>();
    for (int i = 0; i < policies.size(); i++) {
      Directions use = directions.get(i);
      use.limit().ifPresent(limits::add);
      boolean outbound = preferred.contains(i);
      if (use.inbound() || outbound) {
        sas.add(sa(now, policies.get(i), keys.get(i), use.inbound(), outbound));
      } else {
        keys.get(i).close();
      }
    }
    return new SaPlan(sas, limits);
  }

  /** Of several SAs for the same traffic the longest-lived sends, the last of equals. */
  private static Set<Integer> preferred(
      List<AcceptedPolicy> policies, List<Directions> directions) {
    Map<List<Object>, Integer> best = new HashMap<>();
    for (int i = 0; i < policies.size(); i++) {
      AcceptedPolicy mine = policies.get(i);
      if (directions.get(i).outbound()) {
        best.merge(
            List.of(mine.source(), mine.destination()),
            i,
            (before, now) -> policies.get(before).outlives(mine) ? before : now);
      }
    }
    return Set.copyOf(best.values());
  }

  private static DataSa sa(
      Moment now, AcceptedPolicy policy, DataSaKeys keys, boolean inbound, boolean outbound) {
    return new DataSa(
        policy.protocolId(),
        (int) policy.spi().toLong(),
        true,
        policy.source(),
        policy.destination(),
        policy.suite(),
        keys,
        inbound,
        outbound,
        outbound,
        inbound ? policy.usedReplayWindow() : 0,
        now,
        policy.lifetime().map(now::plus),
        0);
  }
}
