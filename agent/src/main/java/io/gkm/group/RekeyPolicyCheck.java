package io.gkm.group;

import io.gkm.group.PolicyDecision.RekeySa;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.EncrAlgorithm;
import io.gkm.ike.crypto.IntegAlgorithm;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.wire.GcauthId;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.TrafficSelector;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the Rekey SA of a registration (protocol GIKE_UPDATE) is acceptable (RFC 9838, 4.4.2). It
 * is checked, not used yet: this member registers again instead of listening for GSA_REKEY.
 */
final class RekeyPolicyCheck {
  private static final String SA = "the Rekey SA";

  private RekeyPolicyCheck() {}

  /** The Rekey SA, when the key server announced one. */
  static Optional<RekeySa> check(GsaPayload gsa, KeyDownload keys) throws PolicyRefusedException {
    Optional<GroupSaPolicy> policy = gsa.rekeySaPolicy();
    if (policy.isEmpty()) {
      if (keys.hasAuthKey() || !keys.wrapKeys().isEmpty()) {
        throw new PolicyRefusedException("it has keys for a Rekey SA, but there is no Rekey SA");
      }
      return Optional.empty();
    }
    InetSocketAddress group = destination(policy.get());
    keys.checkRekeyKey(SA, policy.get(), keyOctets(policy.get()));
    checkAuthentication(policy.get(), keys);
    return Optional.of(
        new RekeySa(policy.get().spi().toHex(), group, lifetimes(policy.get(), gsa)));
  }

  private static InetSocketAddress destination(GroupSaPolicy policy) throws PolicyRefusedException {
    TrafficSelector to = policy.destination();
    if (to.isIpv6()) {
      throw new PolicyRefusedException(SA + " uses IPv6 (" + to + "), which is not supported yet");
    }
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

  /** GSK_e, GSK_a and GSK_w (RFC 9838, 3.4). */
  private static int keyOctets(GroupSaPolicy policy) throws PolicyRefusedException {
    TransformCheck transforms = new TransformCheck(SA, policy);
    Transform encr = transforms.encryption();
    int keyBits = encr.keyLength().orElse(0);
    Optional<EncrAlgorithm> encryption =
        EncrAlgorithm.find(encr.id()).filter(algorithm -> algorithm.allowsKeyBits(keyBits));
    if (encryption.isEmpty()) {
      throw new PolicyRefusedException(SA + " uses " + encr + ", which is not supported");
    }
    Optional<IntegAlgorithm> integrity = IntegAlgorithm.find(transforms.integrityId());
    if (integrity.isEmpty()
        || encryption.get().isAead() != (integrity.get() == IntegAlgorithm.NONE)) {
      throw new PolicyRefusedException(
          SA + " uses " + encr + " with an integrity transform that does not go with it");
    }
    Transform kwa = transforms.required(TransformType.KWA);
    try {
      return encryption.get().keyAndSaltOctets(keyBits)
          + integrity.get().keyOctets()
          + KeyWrap.keyLength(kwa.id());
    } catch (CryptoException e) {
      throw new PolicyRefusedException(SA + " uses " + kwa + ", which is not supported", e);
    }
  }

  private static void checkAuthentication(GroupSaPolicy policy, KeyDownload keys)
      throws PolicyRefusedException {
    Optional<Transform> method = policy.transform(TransformType.GCAUTH);
    if (method.isEmpty()) {
      throw new PolicyRefusedException(SA + " does not say how rekeys are authenticated (GCAUTH)");
    }
    boolean signed = method.get().id() == GcauthId.DIGITAL_SIGNATURE;
    if (!signed && method.get().id() != GcauthId.IMPLICIT) {
      throw new PolicyRefusedException(SA + " uses " + method.get() + ", which is not supported");
    }
    if (signed != keys.hasAuthKey()) {
      throw new PolicyRefusedException(
          signed
              ? SA + " signs rekeys, but the key to verify them (AUTH_KEY) is not there"
              : SA + " does not sign rekeys, but there is a key to verify them (AUTH_KEY)");
    }
  }

  /** With multicast rekey every SA says how long it lives (RFC 9838, 4.4.2.2.1). */
  private static Optional<Duration> lifetimes(GroupSaPolicy rekey, GsaPayload gsa)
      throws PolicyRefusedException {
    for (GroupSaPolicy policy : gsa.saPolicies()) {
      if (policy.keyLifetimeSeconds().isEmpty()) {
        throw new PolicyRefusedException(
            "with a Rekey SA every SA needs a lifetime, and SA 0x"
                + policy.spi().toHex()
                + " has none");
      }
    }
    return DataPolicyCheck.lifetime(SA, rekey);
  }
}
