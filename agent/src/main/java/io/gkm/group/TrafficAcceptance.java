package io.gkm.group;

import io.gkm.ike.Moment;
import io.gkm.ike.crypto.DataSaKeys;
import io.gkm.ike.crypto.SecretMap;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.GroupWidePolicy;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * The data SAs of a registration or a rekey: judged against what the configuration allows and this
 * host can do (RFC 9838 sections 4.4 and 4.5; RFC 5374 section 4).
 */
final class TrafficAcceptance {
  private final LocalAddresses localAddresses;

  TrafficAcceptance(LocalAddresses localAddresses) {
    this.localAddresses = localAddresses;
  }

  /** The policies, all of them acceptable; none where the message is about the Rekey SA only. */
  static List<AcceptedPolicy> policies(
      GsaPayload gsa, List<NotifyPayload> notifies, GroupSettings group)
      throws PolicyRefusedException {
    List<GroupSaPolicy> offered = gsa.dataSaPolicies();
    if (!offered.isEmpty()) {
      checkMode(notifies);
    }
    List<AcceptedPolicy> policies = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    for (GroupSaPolicy policy : offered) {
      AcceptedPolicy accepted = DataPolicyCheck.check(policy, group);
      if (!seen.add(List.of(policy.protocolId(), policy.spi()))) {
        throw new PolicyRefusedException("it has two policies for " + accepted.name());
      }
      policies.add(accepted);
    }
    return policies;
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

  /**
   * Unwraps the keys of the policies, in their order.
   *
   * @param unwrapped gets each key as soon as it is there, for wiping when a later one is refused
   */
  static void unwrap(List<AcceptedPolicy> policies, KeyDownload keys, List<DataSaKeys> unwrapped)
      throws PolicyRefusedException {
    for (AcceptedPolicy policy : policies) {
      unwrapped.add(keys.keys(policy));
    }
    checkKeysDiffer(policies, unwrapped);
  }

  /** RFC 9838 section 2.5: a counter mode's key belongs to one SA, or IVs repeat under it. */
  private static void checkKeysDiffer(List<AcceptedPolicy> policies, List<DataSaKeys> keys)
      throws PolicyRefusedException {
    SecretMap<AcceptedPolicy> seen = new SecretMap<>();
    for (int i = 0; i < policies.size(); i++) {
      AcceptedPolicy policy = policies.get(i);
      // Of ciphers and AEADs only: AH's and ENCR_NULL's keys are empty here.
      if (keys.get(i).encryption().length() > 0) {
        Optional<AcceptedPolicy> other = seen.putIfAbsent(keys.get(i).encryption(), policy);
        if (other.isPresent()
            && (policy.suite().counterMode() || other.get().suite().counterMode())) {
          throw new PolicyRefusedException(policy.name() + " has the key of " + other.get().name());
        }
      }
    }
  }

  /** The SAs that have a use here; takes over the keys. */
  SaPlan plan(
      Moment now, GroupSettings group, List<AcceptedPolicy> policies, List<DataSaKeys> keys) {
    return SaPlan.of(now, group.role(), localAddresses.of(group.interfaceName()), policies, keys);
  }

  /** GWP_ATD or GWP_DTD, when the policy has it. */
  static Optional<Duration> delay(
      GsaPayload gsa, Function<GroupWidePolicy, OptionalInt> attribute) {
    OptionalInt seconds = gsa.groupWidePolicy().map(attribute).orElse(OptionalInt.empty());
    return seconds.isPresent()
        ? Optional.of(Duration.ofSeconds(seconds.getAsInt()))
        : Optional.empty();
  }
}
