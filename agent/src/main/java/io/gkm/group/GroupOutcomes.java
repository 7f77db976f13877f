package io.gkm.group;

import io.gkm.ike.Moment;
import io.gkm.ike.RegistrationAnswer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** What the key server's answers and the passing of time do to one membership. */
final class GroupOutcomes {
  private final PolicyAcceptance acceptance;
  private final SecureRandom random;
  private final MemberTimings timings;
  private final MemberEvents events;
  private final Outbox outbox;

  GroupOutcomes(
      PolicyAcceptance acceptance,
      SecureRandom random,
      MemberTimings timings,
      MemberEvents events,
      Outbox outbox) {
    this.acceptance = acceptance;
    this.random = random;
    this.timings = timings;
    this.events = events;
    this.outbox = outbox;
  }

  /**
   * The key server sent policy and keys.
   *
   * @return the error notify to leave the group with when the policy is refused
   */
  OptionalInt answered(Moment now, Membership group, RegistrationAnswer answer) {
    PolicyDecision decision = acceptance.decide(now, group.settings(), group.senderIds(), answer);
    if (decision instanceof PolicyDecision.Refused refused) {
      Duration wait = group.nextWait(true);
      turnedAway(now, group, events.policyRefused(group, refused.reason(), wait), wait);
      return OptionalInt.of(refused.notifyType());
    }
    accepted(now, group, (PolicyDecision.Accepted) decision);
    return OptionalInt.empty();
  }

  private void accepted(Moment now, Membership group, PolicyDecision.Accepted accepted) {
    if (group.isStale(accepted)) {
      accepted.close();
      Duration wait = timings.afterExclusion(random);
      MemberEvent event = events.stale(group, wait);
      failed(now, group, event, wait);
      return;
    }
    boolean again = group.isMember();
    List<String> limitsBefore = group.limits();
    outbox.changed(group.registered(now, accepted));
    outbox.tell(events.registered(group, again, group.due().map(now::until)));
    accepted.limits().stream()
        .filter(limit -> !limitsBefore.contains(limit))
        .forEach(limit -> outbox.tell(events.limited(group, limit)));
  }

  /** The key server answered with an error about the group. */
  void refused(Moment now, Membership group, int notifyType) {
    RegistrationFailure failure = RegistrationFailure.of(notifyType);
    Duration wait = group.nextWait(failure.needsPerson());
    turnedAway(now, group, events.registrationRefused(group, failure, notifyType, wait), wait);
  }

  private void turnedAway(Moment now, Membership group, MemberEvent event, Duration wait) {
    outbox.tell(event);
    outbox.changed(group.turnedAway(now, Problem.of(event, now), now.plus(wait)));
  }

  private void failed(Moment now, Membership group, MemberEvent event, Duration wait) {
    outbox.tell(event);
    group.failed(now, Problem.of(event, now), now.plus(wait));
  }

  /**
   * The key server closed the IKE SA. Without a Rekey SA that ends the membership (RFC 9838,
   * 2.3.3); with one the keys stay, and only a request that was under way is made again.
   */
  void closedByKeyServer(Moment now, Membership group) {
    if (!group.isMember() && !group.isUnderWay()) {
      return;
    }
    Duration wait = timings.afterExclusion(random);
    if (group.hasRekeySa()) {
      if (group.isUnderWay()) {
        failed(now, group, events.interrupted(group, wait), wait);
      }
      return;
    }
    MemberEvent event =
        group.isMember() ? events.excluded(group, wait) : events.interrupted(group, wait);
    outbox.tell(event);
    outbox.changed(group.excluded(now, Problem.of(event, now), now.plus(wait)));
  }

  /** The IKE SA broke: what was under way is made again as soon as there is another one. */
  void connectionLost(Moment now, Membership group, Problem why) {
    if (group.isUnderWay()) {
      group.failed(now, why, now);
    } else if (group.isMember() && !group.hasRekeySa()) {
      // Without a Rekey SA the key server needs a living IKE SA to count this host as a member.
      group.renewNow(now);
    }
  }

  /** The kernel says that one of its SAs needs new keys before its sequence numbers end. */
  void nearlyUsedUp(Moment now, Membership group, int spi) {
    if (!group.isUnderWay()) {
      Duration wait = timings.afterExclusion(random);
      group.renewAt(now.plus(wait));
      outbox.tell(events.nearlyUsedUp(group, spi, wait));
    }
  }

  /** Drops what has expired, and changes over to what is due. */
  void pass(Moment now, Membership group) {
    Membership.Passed passed = group.pass(now);
    outbox.changed(passed.changes());
    if (!passed.expired().isEmpty()) {
      outbox.tell(events.expired(group, passed.expired()));
    }
    if (passed.rekeySaLost()) {
      outbox.tell(events.rekeySaLost(group));
    }
  }
}
