package io.gkm.ike;

import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.SaPayload;
import java.util.Objects;
import java.util.Optional;

/**
 * What a group member asks of the GCKS about one group (RFC 9838 sections 2.3.1 and 2.3.2).
 *
 * @param group IDg
 * @param sag SAg: what this member supports; with it the GCKS can see that a policy will not do
 * @param senderIds how many Sender-IDs are wanted in N(GROUP_SENDER); 0 for a member that sends
 *     nothing
 */
public record GroupRequest(Identification group, Optional<SaPayload> sag, int senderIds) {
  /**
   * @throws IllegalArgumentException when {@code senderIds} is negative
   */
  public GroupRequest {
    Objects.requireNonNull(group);
    Objects.requireNonNull(sag);
    if (senderIds < 0) {
      throw new IllegalArgumentException("cannot ask for " + senderIds + " Sender-IDs");
    }
  }
}
