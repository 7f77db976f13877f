package io.gkm.group;

import io.gkm.group.PolicyDecision.SenderIds;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The rules for Sender-IDs in a registration (RFC 9838, 2.5 and 4.5.3.3). */
final class SenderIdCheck {
  /** The IV of every counter mode has this many bits (RFC 6054). */
  private static final int IV_BITS = 64;

  private SenderIdCheck() {}

  /**
   * @param asked how many this member asked for, 0 when it is no sender
   * @param counterMode whether the policy has a data SA in a counter mode
   * @param bits GWP_SENDER_ID_BITS
   * @param ids GM_SENDER_ID attributes
   */
  static Optional<SenderIds> check(int asked, boolean counterMode, OptionalInt bits, List<Long> ids)
      throws PolicyRefusedException {
    if (bits.isPresent() && (bits.getAsInt() < 1 || bits.getAsInt() > IV_BITS)) {
      throw new PolicyRefusedException(
          "a Sender-ID of " + bits.getAsInt() + " bits does not fit an IV of 64 bits");
    }
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    if (asked == 0) {
      throw new PolicyRefusedException("it assigns a Sender-ID, but this host did not ask for one");
    }
    if (!counterMode) {
      throw new PolicyRefusedException("it assigns a Sender-ID, but no SA uses a counter mode");
    }
    if (ids.size() > asked) {
      throw new PolicyRefusedException(
          "it assigns " + ids.size() + " Sender-IDs, but this host asked for " + asked);
    }
    if (bits.isEmpty()) {
      throw new PolicyRefusedException(
          "it assigns a Sender-ID without saying its size (GWP_SENDER_ID_BITS)");
    }
    for (long id : ids) {
      // Ids have at most 63 bits, so with 63 or 64 bits every one fits.
      if (bits.getAsInt() < IV_BITS - 1 && id >>> bits.getAsInt() != 0) {
        throw new PolicyRefusedException(
            "Sender-ID " + id + " does not fit " + bits.getAsInt() + " bits");
      }
    }
    return Optional.of(new SenderIds(bits.getAsInt(), ids));
  }
}
