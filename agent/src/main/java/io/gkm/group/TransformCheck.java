package io.gkm.group;

import io.gkm.ike.wire.EncrId;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.util.Optional;
import java.util.Set;

/** Checks of a policy's transforms that data SAs and the Rekey SA share (RFC 9838, 4.4.2.1). */
final class TransformCheck {
  /** RFC 8750: no IV in the packet. */
  private static final Set<Integer> IMPLICIT_IV =
      Set.of(EncrId.AES_CCM_8_IIV, EncrId.AES_GCM_16_IIV, EncrId.CHACHA20_POLY1305_IIV);

  private final String sa;
  private final GroupSaPolicy policy;

  TransformCheck(String sa, GroupSaPolicy policy) throws PolicyRefusedException {
    this.sa = sa;
    this.policy = policy;
    if (!policy.unexpectedTransforms().isEmpty()) {
      throw new PolicyRefusedException(
          sa + " has a transform of a kind it must not have: " + policy.unexpectedTransforms());
    }
    for (Transform transform : policy.transforms()) {
      if (transform.hasUnknownAttributes()) {
        throw new PolicyRefusedException(sa + " has " + transform + ", which is not understood");
      }
      if (transform.type() != TransformType.ENCR && transform.keyLength().isPresent()) {
        throw new PolicyRefusedException(
            sa + " has " + transform + ": no key length belongs there");
      }
    }
  }

  /** The encryption transform. */
  Transform encryption() throws PolicyRefusedException {
    Transform encryption = required(TransformType.ENCR);
    if (IMPLICIT_IV.contains(encryption.id())) {
      throw new PolicyRefusedException(
          sa + " uses " + encryption + ": implicit IVs are not supported");
    }
    return encryption;
  }

  /** The id of the integrity transform, 0 when it is NONE or absent. */
  int integrityId() {
    return policy.transform(TransformType.INTEG).map(Transform::id).orElse(0);
  }

  /** A transform every SA of this protocol has. */
  Transform required(int type) throws PolicyRefusedException {
    Optional<Transform> transform = policy.transform(type);
    if (transform.isEmpty()) {
      throw new PolicyRefusedException(sa + " has no " + TransformType.name(type) + " transform");
    }
    return transform.get();
  }
}
