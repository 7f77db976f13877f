package io.gkm.group;

import io.gkm.group.PolicyDecision.Accepted;
import io.gkm.group.PolicyDecision.SenderIds;
import io.gkm.ike.Moment;
import io.gkm.ike.RegistrationAnswer;
import io.gkm.ike.crypto.DataSaKeys;
import io.gkm.ike.wire.GroupWidePolicy;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.NotifyType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Judges the policy and keys of a registration (RFC 9838 section 2.3.3). All or nothing: one SA
 * that is not acceptable refuses the whole registration.
 */
final class PolicyAcceptance {
  private final TrafficAcceptance traffic;

  PolicyAcceptance(LocalAddresses localAddresses) {
    this.traffic = new TrafficAcceptance(localAddresses);
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
    List<AcceptedPolicy> policies = TrafficAcceptance.policies(gsa, answer.notifies(), group);
    KeyDownload keys = new KeyDownload(answer.kd(), answer.keyWrap());
    keys.checkBags(gsa);
    Optional<RekeyPolicy> rekey = RekeyPolicyCheck.check(gsa, group.options().arxKeyWrap());
    boolean counterMode = policies.stream().anyMatch(policy -> policy.suite().counterMode());
    Optional<SenderIds> ids =
        SenderIdCheck.check(
            asked,
            counterMode,
            gsa.groupWidePolicy().map(GroupWidePolicy::senderIdBits).orElse(OptionalInt.empty()),
            keys.senderIds());
    TrafficAcceptance.unwrap(policies, keys, unwrapped);
    // Nothing is refused after this: the grant's keys have an owner.
    Optional<RekeyGrant> grant = grant(gsa, rekey, keys);
    SaPlan plan = traffic.plan(now, group, policies, unwrapped);
    return new Accepted(
        plan.sas(),
        plan.limits(),
        shortestLifetime(policies, rekey),
        TrafficAcceptance.delay(gsa, GroupWidePolicy::atdSeconds).orElse(Duration.ZERO),
        TrafficAcceptance.delay(gsa, GroupWidePolicy::dtdSeconds).orElse(Duration.ZERO),
        ids,
        grant);
  }

  private static Optional<RekeyGrant> grant(
      GsaPayload gsa, Optional<RekeyPolicy> rekey, KeyDownload keys) throws PolicyRefusedException {
    if (rekey.isEmpty()) {
      if (keys.authKey().isPresent() || !keys.wrapKeys().isEmpty()) {
        throw new PolicyRefusedException("it has keys for a Rekey SA, but there is no Rekey SA");
      }
      return Optional.empty();
    }
    RekeyAuthentication authentication =
        RekeyAuthentication.of(gsa.rekeySaPolicy().orElseThrow(), keys.authKey());
    keys.requireOneKey(RekeyPolicyCheck.SA, rekey.get());
    return Optional.of(keys.grant(rekey.get(), authentication, KeyPath.empty()));
  }

  private static Optional<Duration> shortestLifetime(
      List<AcceptedPolicy> policies, Optional<RekeyPolicy> rekey) {
    List<Duration> lifetimes = new ArrayList<>();
    policies.forEach(policy -> policy.lifetime().ifPresent(lifetimes::add));
    rekey.map(RekeyPolicy::lifetime).ifPresent(lifetimes::add);
    return lifetimes.stream().min(Duration::compareTo);
  }
}
