package io.gkm.group;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One group for {@code gkm status}; never keys. Times are relative to the moment it was asked for.
 *
 * @param id IDg as people write it
 * @param inPhaseFor how long the phase has lasted
 * @param problem the last problem since the last success, with what can be done
 * @param problemAge how long ago that was; present when {@code problem} is
 * @param nextAttempt until the next registration; zero when it is due and waits for the key server
 * @param limits what of the accepted policy cannot be used here, and why
 * @param rekey the multicast rekey channel (GIKE_UPDATE), if the key server announced one
 * @param sas the data SAs
 */
public record GroupStatus(
    String name,
    String id,
    Role role,
    String interfaceName,
    GroupPhase phase,
    Duration inPhaseFor,
    Optional<String> problem,
    Optional<Duration> problemAge,
    Optional<Duration> nextAttempt,
    List<String> limits,
    Optional<RekeyStatus> rekey,
    List<Flow> allow,
    List<SaStatus> sas) {

  public GroupStatus {
    limits = List.copyOf(limits);
    allow = List.copyOf(allow);
    sas = List.copyOf(sas);
  }

  /**
   * The multicast rekey channel: its newest Rekey SA.
   *
   * @param spi 32 hexadecimal digits
   * @param group multicast address and port, {@code 239.255.0.1:848}
   * @param source the only sender; empty for any
   * @param authentication how its messages are authenticated
   * @param nextMessageId the smallest that will be taken
   * @param accepted messages taken since the member started
   * @param ignored messages not taken: repeated, late, forged
   */
  public record RekeyStatus(
      String spi,
      String group,
      Optional<String> source,
      String authentication,
      long nextMessageId,
      Duration lifetimeLeft,
      long accepted,
      long ignored) {}

  /**
   * One data SA.
   *
   * @param spi {@code 0xc0ffee01}
   * @param sending whether it is the one that protects what is sent now
   * @param selectors {@code SRC -> DST proto/ports}
   * @param lifetimeLeft empty when the key server set no lifetime
   */
  public record SaStatus(
      String spi,
      String protocol,
      boolean inbound,
      boolean outbound,
      boolean sending,
      String algorithm,
      String selectors,
      int replayWindow,
      Duration age,
      Optional<Duration> lifetimeLeft) {}
}
