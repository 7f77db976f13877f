package io.gkm.group;

import io.gkm.group.GroupStatus.RekeyStatus;
import io.gkm.ike.Moment;
import java.util.Optional;

/** The rekey channel as people read it; never keys. */
final class RekeyStatuses {
  private RekeyStatuses() {}

  /** Of the newest Rekey SA. */
  static Optional<RekeyStatus> of(RekeyChannel channel, Moment now) {
    return channel
        .newest()
        .map(
            sa ->
                new RekeyStatus(
                    sa.spi().toHex(),
                    AddressText.of(sa.policy().destination()),
                    sa.policy().onlySource().map(address -> address.getHostAddress()),
                    channel.authentication().map(RekeyAuthentication::text).orElse(""),
                    sa.nextMessageId(),
                    now.until(sa.expiresAt()),
                    channel.accepted(),
                    channel.ignored()));
  }
}
