package io.gkm.group;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.DataSuite;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SnId;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.time.Duration;
import java.util.Optional;

/** Whether one data SA policy is acceptable here, keys aside (RFC 9838, 4.4.2; RFC 5374). */
final class DataPolicyCheck {
  private DataPolicyCheck() {}

  /**
   * @throws PolicyRefusedException saying which SA and why
   */
  static AcceptedPolicy check(GroupSaPolicy policy, GroupSettings group)
      throws PolicyRefusedException {
    String sa = ProtocolId.name(policy.protocolId()) + " SA 0x" + policy.spi().toHex();
    SelectorCheck.check(sa, policy.source(), policy.destination(), group.allow());
    TransformCheck transforms = new TransformCheck(sa, policy);
    DataSuite suite = suite(sa, policy.protocolId(), transforms);
    if (!suite.confidential() && group.options().confidentiality() == Confidentiality.REQUIRED) {
      throw new PolicyRefusedException(
          sa
              + " uses "
              + suite.name()
              + ", which encrypts nothing; the group's traffic is never sent in clear (`confidentiality"
              + " = \"optional\"` in the group's configuration would accept it)");
    }
    return new AcceptedPolicy(
        policy.protocolId(),
        policy.spi(),
        policy.source(),
        policy.destination(),
        suite,
        sequenceNumbers(sa, transforms.required(TransformType.SN)),
        group.options().replayWindow(),
        lifetime(sa, policy));
  }

  private static DataSuite suite(String sa, int protocolId, TransformCheck transforms)
      throws PolicyRefusedException {
    int integrityId = transforms.integrityId();
    if (protocolId == ProtocolId.AH) {
      if (integrityId == 0) {
        throw new PolicyRefusedException(sa + " has no integrity transform");
      }
      try {
        return DataSuite.ah(integrityId);
      } catch (CryptoException e) {
        throw new PolicyRefusedException(sa + ": " + e.getMessage(), e);
      }
    }
    Transform encryption = transforms.encryption();
    try {
      return DataSuite.esp(encryption.id(), encryption.keyLength().orElse(0), integrityId);
    } catch (CryptoException e) {
      throw new PolicyRefusedException(
          sa + " uses " + encryption + ", which is not supported: " + e.getMessage(), e);
    }
  }

  private static int sequenceNumbers(String sa, Transform sn) throws PolicyRefusedException {
    if (sn.id() == SnId.PARTIAL_64) {
      throw new PolicyRefusedException(
          sa + " uses extended sequence numbers, which no group SA may use");
    }
    if (sn.id() != SnId.SEQUENTIAL_32 && sn.id() != SnId.UNSPECIFIED_32) {
      throw new PolicyRefusedException(sa + " uses " + sn + ", which is not supported");
    }
    return sn.id();
  }

  /** GSA_KEY_LIFETIME, when there is one. */
  static Optional<Duration> lifetime(String sa, GroupSaPolicy policy)
      throws PolicyRefusedException {
    if (policy.keyLifetimeSeconds().isEmpty()) {
      return Optional.empty();
    }
    long seconds = policy.keyLifetimeSeconds().getAsLong();
    if (seconds == 0) {
      throw new PolicyRefusedException(sa + " has a lifetime of 0 s");
    }
    return Optional.of(Duration.ofSeconds(seconds));
  }
}
