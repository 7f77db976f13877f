package io.gkm.lab.controller;

import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.util.List;
import java.util.Optional;

/** Whether what a member supports (SAg) covers a group's policy. */
final class SagCheck {
  private SagCheck() {}

  /** RFC 9838 section 2.3.4: a member whose SAg lacks the policy's transforms is told so. */
  static void requireSupported(ControllerSettings.DataSa sa, Optional<SaPayload> sag)
      throws GroupRefusedException {
    if (sag.isEmpty()) {
      return;
    }
    boolean supported =
        sag.get().proposals().stream()
            .filter(p -> p.protocolId() == sa.protocolId())
            .anyMatch(
                p ->
                    sa.encryption().map(e -> offers(p.transforms(), e)).orElse(true)
                        && sa.integrity().map(i -> offers(p.transforms(), i)).orElse(true)
                        && offers(
                            p.transforms(), Transform.of(TransformType.SN, sa.sequenceNumbers())));
    if (!supported) {
      throw new GroupRefusedException(
          NotifyType.NO_PROPOSAL_CHOSEN,
          "the member does not offer "
              + ProtocolId.name(sa.protocolId())
              + " with "
              + sa.encryption().map(Transform::toString).orElse("")
              + sa.integrity().map(i -> " " + i).orElse(""));
    }
  }

  private static boolean offers(List<Transform> offered, Transform wanted) {
    return offered.stream()
        .anyMatch(
            t ->
                t.type() == wanted.type()
                    && t.id() == wanted.id()
                    && t.keyLength().equals(wanted.keyLength()));
  }
}
