package io.gkm.group;

import io.gkm.ike.GroupRequest;
import io.gkm.ike.Moment;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One group's membership: its keys, and when to register (again). */
final class Membership {
  /** How often to register again at most, however short the lifetimes are. */
  private static final Duration SHORTEST_RENEWAL = Duration.ofSeconds(1);

  private final GroupSettings settings;
  private final SecureRandom random;
  private final Backoff retry;
  private final Backoff refused;
  private final DataSaSet sas = new DataSaSet();

  private GroupPhase phase = GroupPhase.WAITING;
  private Moment since;
  private Optional<Moment> due = Optional.empty();
  private Optional<Problem> problem = Optional.empty();
  private List<String> limits = List.of();
  private boolean rekeySa;
  private boolean member;

  Membership(GroupSettings settings, SecureRandom random, MemberTimings timings) {
    this.settings = settings;
    this.random = random;
    this.retry = new Backoff(random, timings.retryFirst(), timings.retryMax());
    this.refused = new Backoff(random, timings.refusedFirst(), timings.refusedMax());
  }

  void start(Moment now) {
    since = now;
    due = Optional.of(now);
  }

  /** What to ask the key server: this group, what we support, and a Sender-ID when we send. */
  GroupRequest request() {
    return new GroupRequest(settings.id(), Optional.of(SupportedPolicy.sag()), senderIds());
  }

  /** How many Sender-IDs to ask for: the kernel is one crypto module (RFC 9838, 2.5.1). */
  int senderIds() {
    return settings.role().sends() ? 1 : 0;
  }

  void registering(Moment now) {
    due = Optional.empty();
    enter(now, member ? GroupPhase.RENEWING : GroupPhase.REGISTERING);
  }

  /** The policy was accepted; returns whether the desired state is different now. */
  boolean registered(Moment now, PolicyDecision.Accepted accepted) {
    boolean changed = sas.replace(accepted.dataSas());
    limits = accepted.limits();
    rekeySa = accepted.rekeySa().isPresent();
    member = true;
    problem = Optional.empty();
    retry.reset();
    refused.reset();
    due = accepted.shortestLifetime().map(lifetime -> now.plus(renewalAfter(lifetime)));
    enter(now, GroupPhase.REGISTERED);
    return changed;
  }

  /** Between 75 and 90 percent of the lifetime. */
  private Duration renewalAfter(Duration lifetime) {
    Duration percent = lifetime.dividedBy(100);
    Duration after = Jitter.between(random, percent.multipliedBy(75), percent.multipliedBy(90));
    return after.compareTo(SHORTEST_RENEWAL) < 0 ? SHORTEST_RENEWAL : after;
  }

  /** The next wait after a refusal that may pass by itself, or that somebody has to put right. */
  Duration nextWait(boolean needsPerson) {
    return (needsPerson ? refused : retry).next();
  }

  /** Registering did not work: keys that are still valid stay until they expire. */
  void failed(Moment now, Problem why, Moment retryAt) {
    problem = Optional.of(why);
    due = Optional.of(retryAt);
    enter(now, sas.isEmpty() ? GroupPhase.WAITING : GroupPhase.RETRYING);
    member = !sas.isEmpty();
  }

  /** The key server ended the membership; returns whether the desired state is different now. */
  boolean excluded(Moment now, Problem why, Moment retryAt) {
    boolean changed = sas.clear();
    forget();
    failed(now, why, retryAt);
    return changed;
  }

  /** Register again at the next opportunity, the membership goes on. */
  void renewNow(Moment now) {
    due = Optional.of(now);
  }

  /**
   * Drops what is over; the SPIs of it. Registers again now unless that is planned or under way.
   */
  List<String> expire(Moment now) {
    List<String> spis = sas.expire(now);
    if (!spis.isEmpty() && sas.isEmpty()) {
      forget();
      if (phase == GroupPhase.RENEWING) {
        enter(now, GroupPhase.REGISTERING);
      } else {
        enter(now, GroupPhase.WAITING);
      }
    }
    return spis;
  }

  /** Shut down; whether the desired state is different now. */
  boolean leave(Moment now) {
    boolean changed = sas.clear();
    forget();
    due = Optional.empty();
    enter(now, GroupPhase.LEFT);
    return changed;
  }

  private void forget() {
    member = false;
    rekeySa = false;
    limits = List.of();
  }

  private void enter(Moment now, GroupPhase next) {
    if (phase != next) {
      phase = next;
      since = now;
    }
  }

  GroupSettings settings() {
    return settings;
  }

  String name() {
    return settings.name();
  }

  boolean isDue(Moment now) {
    return due.isPresent() && !now.isBefore(due.get());
  }

  Optional<Moment> due() {
    return due;
  }

  /** A request about it is with the key server. */
  boolean isUnderWay() {
    return phase == GroupPhase.REGISTERING || phase == GroupPhase.RENEWING;
  }

  /** The key server counts this host as a member. */
  boolean isMember() {
    return member;
  }

  boolean hasRekeySa() {
    return rekeySa;
  }

  /** What of the accepted policy cannot be used here, and why. */
  List<String> limits() {
    return limits;
  }

  /** The SAs, for looking at only. */
  List<DataSa> sas() {
    return sas.view();
  }

  Optional<Moment> firstExpiry() {
    return sas.firstExpiry();
  }

  /** What the kernel should hold, with keys that belong to the receiver. */
  GroupState desired() {
    return new GroupState(settings.name(), settings.allow(), sas.copies());
  }

  GroupStatus status(Moment now, Optional<Moment> nextAttempt) {
    return new GroupStatus(
        settings.name(),
        settings.id().toString(),
        settings.role(),
        settings.interfaceName(),
        phase,
        since.until(now),
        problem.map(Problem::text),
        problem.map(p -> p.at().until(now)),
        nextAttempt.map(at -> now.isBefore(at) ? now.until(at) : Duration.ZERO),
        limits,
        rekeySa,
        settings.allow(),
        sas.view().stream().map(sa -> SaStatuses.of(sa, now)).toList());
  }
}
