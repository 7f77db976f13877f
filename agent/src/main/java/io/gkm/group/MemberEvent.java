package io.gkm.group;

import java.util.Optional;

/**
 * Something a person may want to know. Never contains key material.
 *
 * @param controller name of the key server in the configuration
 * @param group name of the group in the configuration; empty when it concerns all of the
 *     controller's groups
 * @param what what happened
 * @param next what the member does now; empty when nothing is to be done
 * @param advice what the person can do; empty when there is nothing to do
 */
public record MemberEvent(
    Level level,
    Kind kind,
    String controller,
    Optional<String> group,
    String what,
    String next,
    String advice) {

  /** How loud to say it. */
  public enum Level {
    DEBUG,
    INFO,
    WARNING,
    ERROR
  }

  /** What it is about; stable names for tests, counters and filters. */
  public enum Kind {
    /** The key server proved its identity; the IKE SA is up. */
    CONNECTED,
    /** No IKE SA could be set up, or it broke. */
    CONNECTION_FAILED,
    /** The key server wants to be authenticated anew. */
    REAUTHENTICATING,
    /** Policy and keys accepted for the first time. */
    REGISTERED,
    /** Policy and keys accepted again. */
    REFRESHED,
    /** Policy and keys accepted from a rekey. */
    REKEYED,
    /** An SA has seen nearly as many packets as it can: registering again. */
    NEARLY_USED_UP,
    /** A rekey was missed: registering again. */
    REKEY_MISSED,
    /** The key server refused the registration. */
    REGISTRATION_REFUSED,
    /** This member refused the key server's policy. */
    POLICY_REFUSED,
    /** Accepted, but part of it cannot be used here. */
    LIMITED,
    /** The key server ended the membership. */
    EXCLUDED,
    /** Keys ran out without replacement. */
    EXPIRED,
    /** Leaving at shutdown. */
    LEFT,
    /** A datagram was not used. */
    IGNORED
  }

  /** One line: who it concerns, then what happened, what follows and what can be done. */
  public String text() {
    StringBuilder text = new StringBuilder();
    group.ifPresent(name -> text.append("group ").append(name).append(" (controller "));
    text.append(group.isPresent() ? controller + ")" : "controller " + controller);
    text.append(": ").append(what);
    for (String part : new String[] {next, advice}) {
      if (!part.isEmpty()) {
        text.append("; ").append(part);
      }
    }
    return text.toString();
  }
}
