package io.gkm.group;

import io.gkm.group.PolicyDecision.Accepted;
import io.gkm.group.PolicyDecision.RekeySa;
import io.gkm.group.PolicyDecision.SenderIds;
import io.gkm.ike.Moment;
import io.gkm.ike.RegistrationAnswer;
import io.gkm.ike.crypto.DataSaKeys;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.GroupWidePolicy;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Judges the policy and keys of a registration against what the configuration allows and this host
 * can do (RFC 9838, 4.4 and 4.5; RFC 5374, section 4). All or nothing: one SA that is not
 * acceptable refuses the whole registration.
 */
final class PolicyAcceptance {
  static final int MAX_DATA_SAS = 64;

  private final LocalAddresses localAddresses;

  PolicyAcceptance(LocalAddresses localAddresses) {
    this.localAddresses = localAddresses;
  }

  /**
   * The decision. Does not close the answer; when it refuses, no unwrapped key is left in memory.
   *
   * @param senderIds how many Sender-IDs the request asked for
   */
  PolicyDecision decide(Moment now, GroupSettings group, int senderIds, RegistrationAnswer answer) {
    return decide(now, group, senderIds, answer, new ArrayList<>());
  }

  /** The same, adding to {@code unwrapped} every key it unwraps. */
  PolicyDecision decide(
      Moment now,
      GroupSettings group,
      int senderIds,
      RegistrationAnswer answer,
      List<DataSaKeys> unwrapped) {
    try {
      return accept(now, group, senderIds, answer, unwrapped);
    } catch (PolicyRefusedException e) {
      unwrapped.forEach(DataSaKeys::close);
      return new PolicyDecision.Refused(e.getMessage(), NotifyType.NO_PROPOSAL_CHOSEN);
    }
  }

  private Accepted accept(
      Moment now,
      GroupSettings group,
      int asked,
      RegistrationAnswer answer,
      List<DataSaKeys> unwrapped)
      throws PolicyRefusedException {
    GsaPayload gsa = answer.gsa();
    checkMode(answer.notifies());
    List<AcceptedPolicy> policies = policies(gsa, group.allow());
    KeyDownload keys = new KeyDownload(answer.kd(), answer.keyWrap());
    keys.checkBags(gsa);
    Optional<RekeySa> rekeySa = RekeyPolicyCheck.check(gsa, keys);
    boolean counterMode = policies.stream().anyMatch(policy -> policy.encryption().counterMode());
    Optional<GroupWidePolicy> wide = gsa.groupWidePolicy();
    Optional<SenderIds> ids =
        SenderIdCheck.check(
            asked,
            counterMode,
            wide.map(GroupWidePolicy::senderIdBits).orElse(OptionalInt.empty()),
            keys.senderIds());
    for (AcceptedPolicy policy : policies) {
      unwrapped.add(keys.keys(policy));
    }
    checkKeysDiffer(policies, unwrapped);
    Set<InetAddress> ours = localAddresses.of(group.interfaceName());
    SaPlan plan = SaPlan.of(now, group.role(), ours, policies, unwrapped);
    return new Accepted(
        plan.sas(),
        plan.limits(),
        shortestLifetime(policies, rekeySa),
        seconds(wide.map(GroupWidePolicy::atdSeconds)),
        seconds(wide.map(GroupWidePolicy::dtdSeconds)),
        ids,
        rekeySa);
  }

  private static void checkMode(List<NotifyPayload> notifies) throws PolicyRefusedException {
    if (has(notifies, NotifyType.IPCOMP_SUPPORTED)) {
      throw new PolicyRefusedException("it wants IP compression, which is not supported");
    }
    if (has(notifies, NotifyType.USE_AGGFRAG)) {
      throw new PolicyRefusedException("it wants AGGFRAG mode, which is not supported");
    }
    if (!has(notifies, NotifyType.USE_TRANSPORT_MODE)) {
      throw new PolicyRefusedException(
          "it wants tunnel mode; only transport mode is supported yet");
    }
  }

  private static boolean has(List<NotifyPayload> notifies, int type) {
    return notifies.stream().anyMatch(notify -> notify.notifyType() == type);
  }

  private static List<AcceptedPolicy> policies(GsaPayload gsa, List<Flow> allow)
      throws PolicyRefusedException {
    List<GroupSaPolicy> offered = gsa.dataSaPolicies();
    if (offered.isEmpty()) {
      throw new PolicyRefusedException("it protects no traffic: there is no data SA in it");
    }
    if (offered.size() > MAX_DATA_SAS) {
      throw new PolicyRefusedException(
          "it has " + offered.size() + " SAs, more than the " + MAX_DATA_SAS + " supported");
    }
    List<AcceptedPolicy> policies = new ArrayList<>();
    for (GroupSaPolicy policy : offered) {
      AcceptedPolicy accepted = DataPolicyCheck.check(policy, allow);
      if (policies.stream().anyMatch(other -> other.spi().equals(accepted.spi()))) {
        throw new PolicyRefusedException("it has two policies for " + accepted.name());
      }
      policies.add(accepted);
    }
    return policies;
  }

  /** RFC 9838, 2.5: a counter mode's key belongs to one SA, or IVs repeat under it. */
  private static void checkKeysDiffer(List<AcceptedPolicy> policies, List<DataSaKeys> keys)
      throws PolicyRefusedException {
    for (int i = 0; i < policies.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (policies.get(i).encryption().counterMode()
            && keys.get(i).encryption().equals(keys.get(j).encryption())) {
          throw new PolicyRefusedException(
              policies.get(i).name() + " has the key of " + policies.get(j).name());
        }
      }
    }
  }

  private static Optional<Duration> shortestLifetime(
      List<AcceptedPolicy> policies, Optional<RekeySa> rekeySa) {
    List<Duration> lifetimes = new ArrayList<>();
    policies.forEach(policy -> policy.lifetime().ifPresent(lifetimes::add));
    rekeySa.flatMap(RekeySa::lifetime).ifPresent(lifetimes::add);
    return lifetimes.stream().min(Duration::compareTo);
  }

  private static Duration seconds(Optional<OptionalInt> attribute) {
    return Duration.ofSeconds(attribute.orElse(OptionalInt.empty()).orElse(0));
  }
}
