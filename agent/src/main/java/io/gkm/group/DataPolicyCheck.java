package io.gkm.group;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.DataTransform;
import io.gkm.ike.crypto.DataTransforms;
import io.gkm.ike.wire.EncrId;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SnId;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether one data SA policy is acceptable here, keys aside (RFC 9838, 4.4.2; RFC 5374). */
final class DataPolicyCheck {
  private DataPolicyCheck() {}

  /**
   * @param allow the group's authorised flows
   * @throws PolicyRefusedException saying which SA and why
   */
  static AcceptedPolicy check(GroupSaPolicy policy, List<Flow> allow)
      throws PolicyRefusedException {
    String sa = ProtocolId.name(policy.protocolId()) + " SA 0x" + policy.spi().toHex();
    if (policy.protocolId() != ProtocolId.ESP) {
      throw new PolicyRefusedException(
          sa + " protects " + text(policy) + ": only ESP is supported yet");
    }
    SelectorCheck.check(sa, policy.source(), policy.destination(), allow);
    TransformCheck transforms = new TransformCheck(sa, policy);
    Transform encryptionId = transforms.encryption();
    int keyBits = encryptionId.keyLength().orElse(0);
    DataTransform encryption = encryption(sa, encryptionId, keyBits);
    return new AcceptedPolicy(
        policy.spi(),
        policy.source(),
        policy.destination(),
        encryption,
        keyBits,
        integrity(sa, encryption, transforms.integrityId()),
        sequenceNumbers(sa, transforms.required(TransformType.SN)),
        lifetime(sa, policy));
  }

  private static DataTransform encryption(String sa, Transform transform, int keyBits)
      throws PolicyRefusedException {
    if (transform.id() == EncrId.NULL || transform.id() == EncrId.NULL_AUTH_AES_GMAC) {
      throw new PolicyRefusedException(
          sa
              + " uses "
              + transform
              + ", which encrypts nothing; the group's traffic is never"
              + " sent in clear");
    }
    try {
      return DataTransforms.encryption(transform.id(), keyBits);
    } catch (CryptoException e) {
      throw new PolicyRefusedException(
          sa + " uses " + transform + ", which is not supported: " + e.getMessage(), e);
    }
  }

  private static Optional<DataTransform> integrity(String sa, DataTransform encryption, int id)
      throws PolicyRefusedException {
    boolean aead = encryption.kind() == DataTransform.Kind.AEAD;
    if (aead != (id == 0)) {
      throw new PolicyRefusedException(
          sa
              + " uses "
              + encryption.name()
              + (aead
                  ? " with an integrity transform, which it must not have"
                  : " without an integrity transform, which it needs"));
    }
    if (aead) {
      return Optional.empty();
    }
    try {
      return Optional.of(DataTransforms.integrity(id));
    } catch (CryptoException e) {
      throw new PolicyRefusedException(sa + ": " + e.getMessage(), e);
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

  private static String text(GroupSaPolicy policy) {
    return Selectors.text(policy.source(), policy.destination());
  }
}
