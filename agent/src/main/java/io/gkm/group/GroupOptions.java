package io.gkm.group;

import java.util.List;
import java.util.Objects;

/**
 * What a group's configuration may leave out.
 *
 * @param confidentiality whether its traffic must be encrypted
 * @param replayWindow packets of the window against replay on SAs of one sender, 0 to 4096
 * @param renewAfterPackets register again when an SA has seen so many packets: before its sequence
 *     numbers, and with them its IVs, end
 * @param bypass traffic inside {@code allow} that this host sends and takes in clear all the same
 * @param arxKeyWrap whether the experimental key wrap algorithm KW_ARX may be used
 */
public record GroupOptions(
    Confidentiality confidentiality,
    int replayWindow,
    long renewAfterPackets,
    List<Flow> bypass,
    boolean arxKeyWrap) {
  /** The largest window that the kernel has (XFRMA_REPLAY_ESN_MAX of linux/xfrm.h). */
  public static final int MAX_REPLAY_WINDOW = 4096;

  public static final int DEFAULT_REPLAY_WINDOW = 64;

  /** Fifteen sixteenths of the sequence numbers there are (RFC 4303 section 2.2). */
  public static final long MAX_PACKETS = 0xf000_0000L;

  /** Encrypted, without exceptions and experiments. */
  public static final GroupOptions DEFAULT =
      new GroupOptions(
          Confidentiality.REQUIRED, DEFAULT_REPLAY_WINDOW, MAX_PACKETS, List.of(), false);

  public GroupOptions {
    Objects.requireNonNull(confidentiality, "confidentiality");
    bypass = List.copyOf(bypass);
    if (replayWindow < 0 || replayWindow > MAX_REPLAY_WINDOW) {
      throw new IllegalArgumentException("a replay window of " + replayWindow + " packets");
    }
    if (renewAfterPackets < 1 || renewAfterPackets > MAX_PACKETS) {
      throw new IllegalArgumentException("renewal after " + renewAfterPackets + " packets");
    }
  }

  GroupOptions with(Confidentiality other) {
    return new GroupOptions(other, replayWindow, renewAfterPackets, bypass, arxKeyWrap);
  }

  GroupOptions withArxKeyWrap() {
    return new GroupOptions(confidentiality, replayWindow, renewAfterPackets, bypass, true);
  }
}
