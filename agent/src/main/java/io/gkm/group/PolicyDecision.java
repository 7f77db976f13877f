package io.gkm.group;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a member thinks of the policy and keys of one registration. */
sealed interface PolicyDecision {

  /**
   * All of it is acceptable.
   *
   * @param dataSas the SAs that can be used here, generation 0; the receiver owns their keys
   * @param limits what cannot be used here although it is acceptable, and why
   * @param shortestLifetime of all SAs in the policy, used or not; empty when none has one
   * @param atd GWP_ATD, activation delay of a rekey; zero when absent
   * @param dtd GWP_DTD, deactivation delay of a rekey; zero when absent
   * @param senderIds empty when the key server gave none
   * @param rekey the multicast rekey channel; the receiver owns its keys
   */
  record Accepted(
      List<DataSa> dataSas,
      List<String> limits,
      Optional<Duration> shortestLifetime,
      Duration atd,
      Duration dtd,
      Optional<SenderIds> senderIds,
      Optional<RekeyGrant> rekey)
      implements PolicyDecision {

    public Accepted {
      dataSas = List.copyOf(dataSas);
      limits = List.copyOf(limits);
    }

    /** Zeroes the keys, when nobody takes them. */
    void close() {
      dataSas.forEach(DataSa::close);
      rekey.ifPresent(RekeyGrant::close);
    }
  }

  /**
   * Something in it is not acceptable: nothing of it is used, all unwrapped keys are wiped.
   *
   * @param reason for people
   * @param notifyType what to tell the key server
   */
  record Refused(String reason, int notifyType) implements PolicyDecision {}

  /**
   * Sender-IDs assigned to this member (RFC 9838, 2.5).
   *
   * @param bits GWP_SENDER_ID_BITS, 1 to 64
   * @param ids unsigned, each fits the bits
   */
  record SenderIds(int bits, List<Long> ids) {
    public SenderIds {
      ids = List.copyOf(ids);
    }
  }
}
