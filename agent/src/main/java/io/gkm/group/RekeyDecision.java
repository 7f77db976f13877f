package io.gkm.group;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a member thinks of the policy and keys of one rekey. */
sealed interface RekeyDecision {
  /**
   * All of it is acceptable.
   *
   * @param dataSas the new SAs, generation 0; the receiver owns their keys
   * @param limits what cannot be used here although it is acceptable, and why
   * @param rekey the next Rekey SA; the receiver owns its keys
   * @param authentication of the messages from now on
   * @param atd GWP_ATD, when the message has one
   * @param dtd GWP_DTD, when the message has one
   * @param withoutSenderId SAs in a counter mode that this member, a sender without Sender-ID, must
   *     not install (RFC 9838 section 2.4.1.4)
   */
  record Accepted(
      List<DataSa> dataSas,
      List<String> limits,
      Optional<RekeyGrant> rekey,
      Optional<RekeyAuthentication> authentication,
      Optional<Duration> atd,
      Optional<Duration> dtd,
      List<String> withoutSenderId)
      implements RekeyDecision {
    public Accepted {
      dataSas = List.copyOf(dataSas);
      limits = List.copyOf(limits);
      withoutSenderId = List.copyOf(withoutSenderId);
    }
  }

  /** Something in it is not acceptable: nothing of it is used, all unwrapped keys are wiped. */
  record Refused(String reason) implements RekeyDecision {}

  /** The next Rekey SA is not for this member: it was excluded. */
  record Excluded(String reason) implements RekeyDecision {}
}
