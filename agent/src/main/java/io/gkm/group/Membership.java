package io.gkm.group;

import io.gkm.group.PolicyDecision.SenderIds;
import io.gkm.ike.GroupRequest;
import io.gkm.ike.Moment;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.Octets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One group's membership: its keys, its rekey channel, and when to register (again). */
final class Membership {
  /** How often to register again at most, however short the lifetimes are. */
  private static final Duration SHORTEST_RENEWAL = Duration.ofSeconds(1);

  /** What is different outside after something happened. */
  record Changes(boolean desiredState, boolean listening) {}

  private final GroupSettings settings;
  private final SecureRandom random;
  private final Backoff retry;
  private final Backoff refused;
  private final DataSaSet sas = new DataSaSet();
  private final RekeyChannel rekeys = new RekeyChannel();

  private GroupPhase phase = GroupPhase.WAITING;
  private Moment since;
  private Optional<Moment> due = Optional.empty();
  private Optional<Problem> problem = Optional.empty();
  private List<String> limits = List.of();
  private Optional<SenderIds> assigned = Optional.empty();
  private Duration atd = Duration.ZERO;
  private Duration dtd = Duration.ZERO;
  private boolean member;

  /** Whether the key server has said anything about the group since the start. */
  private boolean answered;

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
    return new GroupRequest(
        settings.id(),
        Optional.of(
            SupportedPolicy.sag(
                settings.options().confidentiality(), settings.options().arxKeyWrap())),
        senderIds());
  }

  /** How many Sender-IDs to ask for: the kernel is one crypto module (RFC 9838, 2.5.1). */
  int senderIds() {
    return settings.role().sends() ? 1 : 0;
  }

  void registering(Moment now) {
    due = Optional.empty();
    enter(now, member ? GroupPhase.RENEWING : GroupPhase.REGISTERING);
  }

  /** Whether a registration's answer is older than the rekeys that came meanwhile. */
  boolean isStale(PolicyDecision.Accepted accepted) {
    return accepted.rekey().filter(grant -> rekeys.isStale(grant.policy())).isPresent();
  }

  /** The policy was accepted: it replaces all that was before (RFC 9838 section 2.3.3). */
  Changes registered(Moment now, PolicyDecision.Accepted accepted) {
    Set<RekeyAddress> listenedBefore = listening();
    rekeys.replace(now, accepted.rekey());
    boolean changed = sas.replace(now, accepted.dataSas()) || !answered;
    limits = accepted.limits();
    assigned = accepted.senderIds();
    answered = true;
    atd = accepted.atd();
    dtd = accepted.dtd();
    member = true;
    problem = Optional.empty();
    retry.reset();
    refused.reset();
    due = accepted.shortestLifetime().map(lifetime -> now.plus(renewalAfter(lifetime)));
    enter(now, GroupPhase.REGISTERED);
    return new Changes(changed, !listening().equals(listenedBefore));
  }

  /** The rekey was accepted: its SAs join those that are there (RFC 9838 section 2.4.1.4). */
  Changes rekeyed(Moment now, RekeyDecision.Accepted accepted) {
    Set<RekeyAddress> listenedBefore = listening();
    atd = accepted.atd().orElse(atd);
    dtd = accepted.dtd().orElse(dtd);
    accepted.authentication().ifPresent(rekeys::authenticateBy);
    if (accepted.rekey().isPresent()) {
      rekeys.add(now, accepted.rekey().get(), now.plus(dtd));
    }
    boolean changed = sas.add(now, accepted.dataSas(), now.plus(atd));
    limits = accepted.dataSas().isEmpty() ? limits : accepted.limits();
    if (!isUnderWay()) {
      problem = Optional.empty();
      due = endOfKeys().map(end -> now.plus(renewalAfter(now.until(end))));
      enter(now, GroupPhase.REGISTERED);
    }
    return new Changes(changed, !listening().equals(listenedBefore));
  }

  /** When the first of the keys ends that a rekey should have replaced by then. */
  private Optional<Moment> endOfKeys() {
    return Stream.concat(
            sas.endOfNewest().stream(),
            rekeys.newest().filter(sa -> !sa.isRetired()).map(RekeySa::expiresAt).stream())
        .min(Moment::compareTo);
  }

  /**
   * Between 75 and 90 percent of the lifetime; with a rekey channel between 88 and 96, since then
   * it is only needed when no rekey came.
   */
  private Duration renewalAfter(Duration lifetime) {
    Duration percent = lifetime.dividedBy(100);
    int least = rekeys.isEmpty() ? 75 : 88;
    int most = rekeys.isEmpty() ? 90 : 96;
    Duration after =
        Jitter.between(random, percent.multipliedBy(least), percent.multipliedBy(most));
    return after.compareTo(SHORTEST_RENEWAL) < 0 ? SHORTEST_RENEWAL : after;
  }

  /** The key server deletes these data SAs: they go when DTD has passed. */
  void delete(Moment now, Predicate<DataSa> which) {
    sas.retire(which, now.plus(dtd));
  }

  /** The key server deletes this Rekey SA: it goes when DTD has passed. */
  void deleteRekeySa(Moment now, Octets spi) {
    rekeys.find(spi).ifPresent(sa -> sa.retire(now.plus(dtd)));
  }

  /** A rekey was not for us: nor will be any other on the Rekey SAs there are. */
  void cutOff(Moment now) {
    rekeys.retireAll(now.plus(dtd));
  }

  /** Register again then, unless that is due earlier or under way; the membership goes on. */
  void renewAt(Moment when) {
    if (!isUnderWay() && (due.isEmpty() || when.isBefore(due.get()))) {
      due = Optional.of(when);
    }
  }

  /** The next wait after a refusal that may pass by itself, or that somebody has to put right. */
  Duration nextWait(boolean needsPerson) {
    return (needsPerson ? refused : retry).next();
  }

  /** Registering did not work: keys that are still valid stay until they expire. */
  void failed(Moment now, Problem why, Moment retryAt) {
    problem = Optional.of(why);
    due = Optional.of(retryAt);
    member = !sas.isEmpty() || !rekeys.isEmpty();
    enter(now, member ? GroupPhase.RETRYING : GroupPhase.WAITING);
  }

  /**
   * The key server does not let this host in, or its policy is refused: what an earlier run has
   * left in the kernel goes too.
   */
  Changes turnedAway(Moment now, Problem why, Moment retryAt) {
    boolean first = !answered;
    answered = true;
    failed(now, why, retryAt);
    return new Changes(first, false);
  }

  /** A rekey's policy was refused: the keys that are valid stay in use, and so does the channel. */
  void rekeyRefused(Problem why) {
    problem = Optional.of(why);
  }

  /** The key server ended the membership. */
  Changes excluded(Moment now, Problem why, Moment retryAt) {
    Changes changes = drop();
    failed(now, why, retryAt);
    return changes;
  }

  private Changes drop() {
    boolean listened = !rekeys.isEmpty();
    boolean changed = sas.clear() || !answered;
    answered = true;
    rekeys.clear();
    forget();
    return new Changes(changed, listened);
  }

  /** Whether it has this data SA. */
  boolean has(int protocolId, int spi) {
    return sas.view().stream().anyMatch(sa -> sa.protocolId() == protocolId && sa.spi() == spi);
  }

  /** Register again at the next opportunity, the membership goes on. */
  void renewNow(Moment now) {
    due = Optional.of(now);
  }

  /**
   * What the passing of time did.
   *
   * @param expired SPIs of data SAs that ended without replacement
   * @param rekeySaLost the Rekey SA ended without replacement
   */
  record Passed(Changes changes, List<String> expired, boolean rekeySaLost) {}

  /** Drops what is over, and lets those SAs send whose turn it is. */
  Passed pass(Moment now) {
    Set<RekeyAddress> listenedBefore = listening();
    DataSaSet.Passed passed = sas.pass(now);
    boolean rekeySaLost = rekeys.expire(now);
    boolean over = !passed.expired().isEmpty() || rekeySaLost;
    if (over && sas.isEmpty() && rekeys.isEmpty()) {
      forget();
      enter(now, isUnderWay() ? GroupPhase.REGISTERING : GroupPhase.WAITING);
    }
    if (rekeySaLost) {
      renewAt(now);
    }
    return new Passed(
        new Changes(passed.changed(), !listening().equals(listenedBefore)),
        passed.expired(),
        rekeySaLost);
  }

  /** Shut down. */
  Changes leave(Moment now) {
    Changes changes = drop();
    due = Optional.empty();
    enter(now, GroupPhase.LEFT);
    return changes;
  }

  private void forget() {
    member = false;
    limits = List.of();
    assigned = Optional.empty();
    atd = Duration.ZERO;
    dtd = Duration.ZERO;
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
    return !rekeys.isEmpty();
  }

  RekeyChannel rekeys() {
    return rekeys;
  }

  /** What of the accepted policy cannot be used here, and why. */
  List<String> limits() {
    return limits;
  }

  /** The SAs, for looking at only. */
  List<DataSa> sas() {
    return sas.view();
  }

  /** What this member is and has, for judging a rekey that came over {@code multicast} or not. */
  RekeyAcceptance.Holder holder(boolean multicast) {
    return new RekeyAcceptance.Holder(
        settings,
        assigned.isPresent(),
        multicast ? rekeys.authentication() : Optional.empty(),
        rekeys.path(),
        sas.view(),
        rekeys.sas().stream().map(RekeySa::spi).toList());
  }

  /**
   * Whether an inband rekey is about this group, which it does not name: it deletes SAs of this
   * group, or its SAs protect what this group does. An update without either is about a group that
   * is alone.
   */
  boolean isMeantBy(GroupUpdate update) {
    if (!member) {
      return false;
    }
    boolean deletes =
        update.deletes().stream()
            .anyMatch(delete -> sas.view().stream().anyMatch(sa -> names(delete, sa)));
    boolean protects =
        update.content().stream()
            .flatMap(content -> content.gsa().dataSaPolicies().stream())
            .anyMatch(
                policy ->
                    settings.allow().stream()
                        .anyMatch(flow -> flow.contains(policy.source(), policy.destination())));
    return deletes || protects || (update.content().isEmpty() && deletesAll(update));
  }

  private static boolean names(DeletePayload delete, DataSa sa) {
    return delete.protocolId() == sa.protocolId()
        && delete.spis().stream()
            .anyMatch(spi -> spi.size() == Integer.BYTES && (int) spi.toLong() == sa.spi());
  }

  private static boolean deletesAll(GroupUpdate update) {
    return update.deletes().stream().anyMatch(DeletePayload::isAll);
  }

  /** Where its rekeys arrive. */
  Set<RekeyAddress> listening() {
    return rekeys.sas().stream()
        .map(RekeySa::policy)
        .map(
            policy ->
                new RekeyAddress(
                    settings.interfaceName(), policy.destination(), policy.onlySource()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** When {@link #pass} has something to do. */
  Optional<Moment> deadline() {
    return Stream.concat(sas.deadline().stream(), rekeys.firstEnd().stream())
        .min(Moment::compareTo);
  }

  /** What the kernel should hold, with keys that belong to the receiver. */
  GroupState desired() {
    return new GroupState(
        settings.name(),
        settings.allow(),
        settings.options().bypass(),
        sas.copies(),
        settings.options().renewAfterPackets(),
        !answered);
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
        RekeyStatuses.of(rekeys, now),
        settings.allow(),
        sas.view().stream().map(sa -> SaStatuses.of(sa, now)).toList());
  }
}
