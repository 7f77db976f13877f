package io.gkm.group;

import io.gkm.group.RekeyDecision.Accepted;
import io.gkm.group.RekeyDecision.Excluded;
import io.gkm.group.RekeyDecision.Refused;
import io.gkm.ike.Moment;
import io.gkm.ike.crypto.DataSaKeys;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.SecretMap;
import io.gkm.ike.wire.GroupWidePolicy;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.TransformType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges the policy and keys of a rekey, multicast or inband (RFC 9838 sections 2.4.1.4 and
 * 2.4.2.2), by the same rules as those of a registration. All or nothing.
 */
final class RekeyAcceptance {
  /** What a key server may make this host hold: rekeys add to what is there. */
  static final int MAX_DATA_SAS = 4096;

  private final TrafficAcceptance traffic;

  RekeyAcceptance(LocalAddresses localAddresses) {
    this.traffic = new TrafficAcceptance(localAddresses);
  }

  /**
   * What the member is and has.
   *
   * @param hasSenderId whether the key server gave this member a Sender-ID
   * @param authentication how GSA_REKEY messages are authenticated; empty for an inband rekey
   * @param inUse the SAs in use
   */
  record Holder(
      GroupSettings group,
      boolean hasSenderId,
      Optional<RekeyAuthentication> authentication,
      KeyPath path,
      List<DataSa> inUse,
      List<Octets> rekeySpis) {}

  /**
   * The decision.
   *
   * @param carrier the default key wrap of the SA it came over; stays the caller's
   */
  RekeyDecision decide(Moment now, Holder holder, GroupUpdate update, KeyWrap carrier) {
    if (update.content().isEmpty()) {
      return nothing();
    }
    List<DataSaKeys> unwrapped = new ArrayList<>();
    try {
      return accept(now, holder, update, carrier, unwrapped);
    } catch (NoKeyPathException e) {
      unwrapped.forEach(DataSaKeys::close);
      return new Excluded(e.getMessage());
    } catch (PolicyRefusedException e) {
      unwrapped.forEach(DataSaKeys::close);
      return new Refused(e.getMessage());
    }
  }

  private static Accepted nothing() {
    return new Accepted(
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private Accepted accept(
      Moment now, Holder holder, GroupUpdate update, KeyWrap carrier, List<DataSaKeys> unwrapped)
      throws PolicyRefusedException {
    GsaPayload gsa = update.content().orElseThrow().gsa();
    KeyDownload keys = new KeyDownload(update.content().orElseThrow().kd(), carrier);
    boolean multicast = holder.authentication().isPresent();
    List<AcceptedPolicy> policies =
        TrafficAcceptance.policies(gsa, update.notifies(), holder.group());
    if (holder.inUse().size() + policies.size() > MAX_DATA_SAS) {
      throw new PolicyRefusedException(
          "it brings "
              + policies.size()
              + " SAs beside "
              + holder.inUse().size()
              + ", more than the "
              + MAX_DATA_SAS
              + " that a group may have");
    }
    keys.checkBags(gsa);
    Optional<RekeyPolicy> rekey =
        RekeyPolicyCheck.check(gsa, holder.group().options().arxKeyWrap());
    if (multicast) {
      RekeyPolicyCheck.requireLifetimes(gsa);
    } else if (rekey.isPresent() || keys.authKey().isPresent() || !keys.wrapKeys().isEmpty()) {
      throw new PolicyRefusedException("an inband rekey brings a Rekey SA or keys for one");
    }
    if (gsa.rekeySaPolicy().flatMap(p -> p.transform(TransformType.GCAUTH)).isPresent()) {
      throw new PolicyRefusedException("it changes how rekeys are authenticated (GCAUTH)");
    }
    checkSpisAreNew(holder, rekey);
    Optional<RekeyAuthentication> authentication = Optional.empty();
    if (multicast) {
      authentication = Optional.of(holder.authentication().get().with(keys.authKey()));
    }
    List<String> withoutSenderId = new ArrayList<>();
    List<AcceptedPolicy> usable = usable(holder, policies, withoutSenderId);
    TrafficAcceptance.unwrap(usable, keys, unwrapped);
    checkKeysAreNew(holder, usable, unwrapped);
    Optional<RekeyGrant> grant = Optional.empty();
    if (rekey.isPresent()) {
      grant = Optional.of(keys.grant(rekey.get(), authentication.orElseThrow(), holder.path()));
    }
    SaPlan plan = traffic.plan(now, holder.group(), usable, unwrapped);
    return new Accepted(
        plan.sas(),
        plan.limits(),
        grant,
        authentication,
        TrafficAcceptance.delay(gsa, GroupWidePolicy::atdSeconds),
        TrafficAcceptance.delay(gsa, GroupWidePolicy::dtdSeconds),
        withoutSenderId);
  }

  /** A sender without Sender-ID must not install an SA in a counter mode. */
  private static List<AcceptedPolicy> usable(
      Holder holder, List<AcceptedPolicy> policies, List<String> withoutSenderId) {
    List<AcceptedPolicy> usable = new ArrayList<>();
    for (AcceptedPolicy policy : policies) {
      if (holder.group().role().sends() && !holder.hasSenderId() && policy.suite().counterMode()) {
        withoutSenderId.add(policy.name());
      } else {
        usable.add(policy);
      }
    }
    return usable;
  }

  private static void checkSpisAreNew(Holder holder, Optional<RekeyPolicy> rekey)
      throws PolicyRefusedException {
    if (rekey.isPresent() && holder.rekeySpis().contains(rekey.get().spi())) {
      throw new PolicyRefusedException(
          "the next Rekey SA has the SPI of one in use: " + rekey.get().spi());
    }
  }

  /**
   * An SPI in use may come again with everything as it was; with another key it would leave two SAs
   * under one name, and a counter mode's old key under a new name would repeat IVs.
   */
  private static void checkKeysAreNew(
      Holder holder, List<AcceptedPolicy> policies, List<DataSaKeys> keys)
      throws PolicyRefusedException {
    Map<List<Integer>, DataSa> bySpi = new HashMap<>();
    SecretMap<DataSa> byKey = new SecretMap<>();
    for (DataSa old : holder.inUse()) {
      bySpi.put(List.of(old.protocolId(), old.spi()), old);
      byKey.putIfAbsent(old.keys().encryption(), old);
    }
    for (int i = 0; i < policies.size(); i++) {
      AcceptedPolicy policy = policies.get(i);
      DataSa sameSpi = bySpi.get(List.of(policy.protocolId(), (int) policy.spi().toLong()));
      if (sameSpi != null && !sameSpi.keys().equals(keys.get(i))) {
        throw new PolicyRefusedException(policy.name() + " is in use already, with other keys");
      }
      Optional<DataSa> sameKey =
          policy.suite().counterMode()
              ? byKey.find(keys.get(i).encryption()).filter(old -> !old.equals(sameSpi))
              : Optional.empty();
      if (sameKey.isPresent()) {
        throw new PolicyRefusedException(
            policy.name() + " has the key of SA " + sameKey.get().spiText() + ", which is in use");
      }
    }
  }
}
