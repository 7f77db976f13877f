package io.gkm.group;

import io.gkm.group.GroupStatus.SaStatus;
import io.gkm.ike.Moment;
import io.gkm.ike.wire.ProtocolId;

/** Data SAs as people read them; never keys. */
final class SaStatuses {
  private SaStatuses() {}

  static SaStatus of(DataSa sa, Moment now) {
    return new SaStatus(
        sa.spiText(),
        ProtocolId.name(sa.protocolId()),
        sa.inbound(),
        sa.outbound(),
        sa.sending(),
        sa.suite().name(),
        Selectors.text(sa.source(), sa.destination()),
        sa.replayWindow(),
        sa.installedAt().until(now),
        sa.expiresAt().map(now::until));
  }

  /** {@code 0xc0ffee01 in+out ENCR_AES_GCM_16-256}. */
  static String brief(DataSa sa) {
    String direction =
        sa.inbound() ? (sa.sending() ? "in+out" : "in") : (sa.sending() ? "out" : "standby");
    return sa.spiText() + " " + direction + " " + sa.suite().name();
  }
}
