package io.gkm.group;

import io.gkm.ike.SessionInfo;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One key server and its groups for {@code gkm status}; never keys. Times are relative to the
 * moment it was asked for.
 *
 * @param address the address in use, or tried next
 * @param inStateFor how long the state has lasted
 * @param session the IKE SA, when there is one
 * @param problem the last problem since the last success, with what can be done
 * @param problemAge how long ago that was; present when {@code problem} is
 * @param nextAttempt until the next attempt to connect, when one is planned
 */
public record ControllerStatus(
    String name,
    State state,
    InetAddress address,
    Duration inStateFor,
    Optional<SessionInfo> session,
    Optional<String> problem,
    Optional<Duration> problemAge,
    Optional<Duration> nextAttempt,
    List<GroupStatus> groups) {

  /** Where the IKE SA with the key server stands. */
  public enum State {
    /** No IKE SA; none needed now, or waiting to try again. */
    IDLE,
    /** Setting up an IKE SA. */
    CONNECTING,
    /** The key server is authenticated. */
    ESTABLISHED,
    /** Leaving the groups and closing the IKE SA. */
    LEAVING,
    /** Shut down. */
    STOPPED
  }

  public ControllerStatus {
    groups = List.copyOf(groups);
  }
}
