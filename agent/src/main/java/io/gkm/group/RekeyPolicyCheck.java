package io.gkm.group;

import io.gkm.ike.crypto.RekeySuite;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.KwaId;
import io.gkm.ike.wire.TrafficSelector;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the Rekey SA of a registration or of a rekey (protocol GIKE_UPDATE) is acceptable (RFC
 * 9838 section 4.4.2), keys and authentication aside.
 */
final class RekeyPolicyCheck {
  static final String SA = "the Rekey SA";

  private RekeyPolicyCheck() {}

  /**
   * The Rekey SA's policy, when there is one.
   *
   * @param arxKeyWrap whether KW_ARX may be used
   */
  static Optional<RekeyPolicy> check(GsaPayload gsa, boolean arxKeyWrap)
      throws PolicyRefusedException {
    Optional<GroupSaPolicy> policy = gsa.rekeySaPolicy();
    if (policy.isEmpty()) {
      return Optional.empty();
    }
    InetSocketAddress group = destination(policy.get());
    RekeySuite suite = suite(policy.get());
    if (suite.kwaId() == KwaId.KW_ARX && !arxKeyWrap) {
      throw new PolicyRefusedException(
          SA + " uses KW_ARX, which is experimental and not asked for in the configuration");
    }
    requireLifetimes(gsa);
    Optional<Duration> lifetime = DataPolicyCheck.lifetime(SA, policy.get());
    return Optional.of(
        new RekeyPolicy(
            policy.get().spi(),
            policy.get().source(),
            group,
            suite,
            policy.get().initialMessageId().orElse(0),
            lifetime.orElseThrow(),
            gsa.saPolicies().stream().flatMap(sa -> sa.nextSpis().stream()).toList()));
  }

  private static InetSocketAddress destination(GroupSaPolicy policy) throws PolicyRefusedException {
    TrafficSelector to = policy.destination();
    if (!to.isSingleAddress()
        || !to.isMulticast()
        || !to.isSinglePort()
        || to.ipProtocol() != IpProtocols.UDP
        || policy.source().ipProtocol() != IpProtocols.UDP) {
      throw new PolicyRefusedException(
          SA
              + " must go to one multicast address and one UDP port, not "
              + Selectors.text(policy.source(), to));
    }
    return new InetSocketAddress(to.startInetAddress(), to.startPort());
  }

  private static RekeySuite suite(GroupSaPolicy policy) throws PolicyRefusedException {
    TransformCheck transforms = new TransformCheck(SA, policy);
    Transform encr = transforms.encryption();
    int keyBits = encr.keyLength().orElse(0);
    int kwa = transforms.required(TransformType.KWA).id();
    String problem = RekeySuite.problem(encr.id(), keyBits, transforms.integrityId(), kwa);
    if (!problem.isEmpty()) {
      throw new PolicyRefusedException(SA + " uses " + policy.transforms() + ": " + problem);
    }
    return new RekeySuite(encr.id(), keyBits, transforms.integrityId(), kwa);
  }

  /** With multicast rekey every SA says how long it lives (RFC 9838 section 4.4.2.2.1). */
  static void requireLifetimes(GsaPayload gsa) throws PolicyRefusedException {
    for (GroupSaPolicy policy : gsa.saPolicies()) {
      if (policy.keyLifetimeSeconds().isEmpty()) {
        throw new PolicyRefusedException(
            "with a Rekey SA every SA needs a lifetime, and SA 0x"
                + policy.spi().toHex()
                + " has none");
      }
    }
  }
}
