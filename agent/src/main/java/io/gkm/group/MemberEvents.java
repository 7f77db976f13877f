package io.gkm.group;

import io.gkm.group.MemberEvent.Kind;
import io.gkm.group.MemberEvent.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The wording of what one controller's member tells the person. */
final class MemberEvents {
  private final String controller;

  MemberEvents(String controller) {
    this.controller = controller;
  }

  MemberEvent connected(InetAddress address) {
    return about(Level.INFO, Kind.CONNECTED, "connected to key server " + host(address), "", "");
  }

  MemberEvent connectionFailed(
      InetAddress address, ConnectionFailure failure, InetAddress nextAddress, Duration wait) {
    String next =
        wait.isZero()
            ? "trying " + host(nextAddress) + " now"
            : "trying " + host(nextAddress) + " " + in(wait);
    return about(
        failure.level(),
        Kind.CONNECTION_FAILED,
        failure.what(host(address)),
        next + "; keys that are still valid stay in use",
        failure.advice());
  }

  MemberEvent registered(Membership group, boolean again, Optional<Duration> renewal) {
    List<DataSa> sas = group.sas();
    String what =
        sas.isEmpty()
            ? "registered, but none of its SAs can be used here"
            : "registered; SAs " + String.join(", ", sas.stream().map(SaStatuses::brief).toList());
    String next = renewal.map(wait -> "registers again " + in(wait)).orElse("the keys have no end");
    return about(
        again ? Level.DEBUG : Level.INFO,
        again ? Kind.REFRESHED : Kind.REGISTERED,
        group,
        what,
        next,
        "");
  }

  MemberEvent rekeyed(
      Membership group, List<DataSa> added, boolean rekeySa, Optional<Duration> renewal) {
    List<String> news = new ArrayList<>(added.stream().map(SaStatuses::brief).toList());
    if (rekeySa) {
      news.add("the next Rekey SA");
    }
    String what = news.isEmpty() ? "nothing that can be used here" : String.join(", ", news);
    String next =
        renewal.map(wait -> "if no other rekey comes it registers again " + in(wait)).orElse("");
    return about(Level.INFO, Kind.REKEYED, group, "rekeyed by the key server: " + what, next, "");
  }

  MemberEvent rekeyRefused(Membership group, String reason) {
    return about(
        Level.ERROR,
        Kind.POLICY_REFUSED,
        group,
        "the policy of a rekey is refused: " + reason,
        "nothing of it is installed, the key server is told"
            + keysNow(group)
            + (group.sas().isEmpty() ? "" : " or the key server deletes them"),
        "change the group's policy on the key server, or `allow` in [group." + group.name() + "]");
  }

  MemberEvent rekeyMissed(Membership group, String why, Duration wait) {
    return about(Level.WARNING, Kind.REKEY_MISSED, group, why, "registers again " + in(wait), "");
  }

  MemberEvent nearlyUsedUp(Membership group, int spi, Duration wait) {
    return about(
        Level.INFO,
        Kind.NEARLY_USED_UP,
        group,
        "SA 0x%08x has seen so many packets that its sequence numbers near their end"
            .formatted(spi),
        "registers again for new keys " + in(wait),
        "");
  }

  MemberEvent cutOff(Membership group, String why, Duration wait) {
    return about(
        Level.WARNING,
        Kind.EXCLUDED,
        group,
        "the key server excluded this host from the group: " + why,
        "registers again " + in(wait) + keysNow(group),
        "if it happens again, ask for the reason at the key server");
  }

  MemberEvent deleted(Membership group, Duration wait) {
    return about(
        Level.WARNING,
        Kind.EXCLUDED,
        group,
        "the key server ended the group for all members",
        "its SAs are removed, its traffic is blocked, registers again " + in(wait),
        "");
  }

  MemberEvent stale(Membership group, Duration wait) {
    return about(
        Level.INFO,
        Kind.IGNORED,
        group,
        "a registration's answer is older than a rekey that came meanwhile",
        "not used; registers again " + in(wait),
        "");
  }

  MemberEvent rekeySaLost(Membership group) {
    return about(
        Level.WARNING,
        Kind.REKEY_MISSED,
        group,
        "the lifetime of the Rekey SA is over without replacement",
        "registers again now" + keysNow(group),
        "see whether the key server's multicast reaches this host");
  }

  MemberEvent ignoredRekey(Membership group, String why) {
    return about(Level.DEBUG, Kind.IGNORED, group, "rekey ignored: " + why, "", "");
  }

  MemberEvent limited(Membership group, String limit) {
    return about(
        Level.WARNING,
        Kind.LIMITED,
        group,
        limit,
        "that direction stays blocked",
        "use AES-CBC with HMAC-SHA2, or one SA per sender, or another role for this host");
  }

  MemberEvent registrationRefused(
      Membership group, RegistrationFailure failure, int notifyType, Duration wait) {
    return about(
        failure.level(),
        Kind.REGISTRATION_REFUSED,
        group,
        failure.what(group.settings().id(), notifyType),
        "tries again " + in(wait) + keysNow(group),
        failure.advice());
  }

  MemberEvent policyRefused(Membership group, String reason, Duration wait) {
    return about(
        Level.ERROR,
        Kind.POLICY_REFUSED,
        group,
        "the key server's policy is refused: " + reason,
        "nothing of it is installed, the key server is told, tries again "
            + in(wait)
            + keysNow(group),
        "change the group's policy on the key server, or `allow` in [group." + group.name() + "]");
  }

  MemberEvent excluded(Membership group, Duration wait) {
    return about(
        Level.WARNING,
        Kind.EXCLUDED,
        group,
        "the key server closed the IKE SA and gave no rekey channel: this host is out of the group",
        "its SAs are removed, its traffic is blocked, registers again " + in(wait),
        "if it happens again, ask for the reason at the key server");
  }

  MemberEvent interrupted(Membership group, Duration wait) {
    return about(
        Level.WARNING,
        Kind.EXCLUDED,
        group,
        "the key server closed the IKE SA before it answered the registration",
        "registers again " + in(wait) + keysNow(group),
        "if it happens again, ask for the reason at the key server");
  }

  MemberEvent reauthenticating(InetAddress server) {
    return about(
        Level.INFO,
        Kind.REAUTHENTICATING,
        "key server " + server.getHostAddress() + " wants a new authentication from time to time",
        "sets up a new IKE SA; the keys stay",
        "");
  }

  MemberEvent expired(Membership group, List<String> spis) {
    return about(
        Level.WARNING,
        Kind.EXPIRED,
        group,
        "the lifetime of SA " + String.join(", ", spis) + " is over without replacement",
        "removed"
            + (group.sas().isEmpty() ? ", the group's traffic is blocked until it has keys" : ""),
        "see why registering again failed: gkm status");
  }

  MemberEvent left(boolean answered) {
    return answered
        ? about(Level.INFO, Kind.LEFT, "left all groups and closed the IKE SA", "", "")
        : about(
            Level.WARNING,
            Kind.LEFT,
            "left without an answer from the key server",
            "stops anyway; the key server drops this host when its IKE SA times out",
            "");
  }

  MemberEvent ignored(String why) {
    return about(Level.DEBUG, Kind.IGNORED, "datagram ignored: " + why, "", "");
  }

  private static String keysNow(Membership group) {
    return group.sas().isEmpty()
        ? "; the group's traffic stays blocked"
        : "; the present keys are used until they expire";
  }

  private static String in(Duration wait) {
    return wait.isZero() ? "now" : "in " + Durations.text(wait);
  }

  private static String host(InetAddress address) {
    return address.getHostAddress();
  }

  private MemberEvent about(Level level, Kind kind, String what, String next, String advice) {
    return new MemberEvent(level, kind, controller, Optional.empty(), what, next, advice);
  }

  private MemberEvent about(
      Level level, Kind kind, Membership group, String what, String next, String advice) {
    return new MemberEvent(level, kind, controller, Optional.of(group.name()), what, next, advice);
  }
}
