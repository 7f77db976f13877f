package io.gkm.ike;

import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.IkeHeader;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The IKE SAs of an established session: the current one, where everything is asked, and those that
 * come and go when it is rekeyed from either side (RFC 7296 sections 2.8, 2.18 and 2.25).
 *
 * <pre>
 *   we ask, the peer answers          new one is current, we delete the old one
 *   the peer asks, we answer          new one is current, the peer deletes the old one
 *   both at once                      the one with the lowest nonce is deleted by who asked for it
 *   the peer refuses                  we go on, and ask again later
 * </pre>
 */
final class LiveSas implements AutoCloseable {
  /** Replaced IKE SAs that are kept for the peer's last messages. */
  static final int MAX_RETIRED = 4;

  private record Retired(Association association, Moment until) {}

  private record Rival(Association association, RekeyedSa made) {}

  private final IkeSettings settings;
  private final SecureRandom random;
  private final RekeyTimer rekey;
  private final Liveness liveness;
  private final List<Retired> retired = new ArrayList<>();
  private final List<ProtectedExchange> orphans = new ArrayList<>();
  private final Set<Integer> triedMethods = new HashSet<>();
  private Association current;
  private Optional<SaRekeyExchange> own = Optional.empty();

  /** Made by the peer while our own request is under way: one of the two will go. */
  private Optional<Rival> rival = Optional.empty();

  LiveSas(Moment now, IkeSettings settings, Association first, SecureRandom random) {
    this.settings = settings;
    this.random = random;
    this.rekey = new RekeyTimer(settings.options().rekeyAfter(), random);
    this.liveness = new Liveness(settings.options().livenessAfter());
    this.current = first;
    rekey.fresh(now);
  }

  /** The one where new exchanges begin. */
  Association current() {
    return current;
  }

  /** All of them. */
  List<Association> all() {
    return Stream.of(
            Stream.of(current),
            rival.stream().map(Rival::association),
            retired.stream().map(Retired::association))
        .flatMap(s -> s)
        .toList();
  }

  /** The one that a message of the peer belongs to. */
  Optional<Association> find(IkeHeader header) {
    return all().stream().filter(a -> a.sa().isOfPeer(header)).findFirst();
  }

  /** Whether we are to rekey now, if nothing else is under way. */
  boolean isRekeyDue(Moment now) {
    return own.isEmpty() && rekey.isDue(now);
  }

  /** What came of our exchanges: which groups depend on the IKE SA. */
  void note(IkeEffect effect) {
    liveness.note(effect);
  }

  /** Whether to see if the GCKS is alive, if there is nothing else to ask. */
  boolean isLivenessDue(Moment now) {
    return liveness.isDue(now, current.lastHeard());
  }

  /** Asks for a new IKE SA; nothing must be under way. */
  List<Send> beginRekey(Moment now) throws CryptoException {
    triedMethods.clear();
    return ask(now, current.sa().keys().suite().keMethod());
  }

  private List<Send> ask(Moment now, int method) throws CryptoException {
    triedMethods.add(method);
    SaRekeyExchange exchange =
        new SaRekeyExchange(new SaRekeyRequest(settings.proposals(), method, random));
    own = Optional.of(exchange);
    return current.ask(now, exchange);
  }

  /** Goes on when the answer to an exchange was the one to our rekey. */
  List<Send> answered(Moment now) throws CryptoException {
    if (own.isEmpty() || own.get().outcome().isEmpty()) {
      return List.of();
    }
    SaRekeyOutcome outcome = own.get().outcome().get();
    own = Optional.empty();
    if (outcome instanceof SaRekeyOutcome.Made made) {
      return made(now, made.sa());
    }
    if (rival.isPresent()) {
      surrender(now);
      return List.of();
    }
    if (outcome instanceof SaRekeyOutcome.OtherMethod other
        && !triedMethods.contains(other.method())) {
      return ask(now, other.method());
    }
    rekey.later(now);
    return List.of();
  }

  private List<Send> made(Moment now, RekeyedSa made) throws CryptoException {
    Association mine = current.successor(now, made);
    if (rival.isPresent() && made.isRedundantBeside(rival.get().made())) {
      List<Send> out = mine.ask(now, new DeleteExchange());
      retire(now, mine);
      surrender(now);
      return out;
    }
    rival.ifPresent(r -> retire(now, r.association()));
    rival = Optional.empty();
    List<Send> out = current.ask(now, new DeleteExchange());
    become(now, mine);
    return out;
  }

  /**
   * The peer made a new IKE SA out of the current one.
   *
   * @param made owned from here on
   */
  void madeByPeer(Moment now, RekeyedSa made) throws CryptoException {
    Association theirs = current.successor(now, made);
    if (own.isPresent()) {
      current.replaceable(false);
      rival = Optional.of(new Rival(theirs, made));
    } else {
      become(now, theirs);
    }
  }

  /** The peer's new IKE SA it is. */
  private void surrender(Moment now) {
    Rival winner = rival.orElseThrow();
    rival = Optional.empty();
    own.ifPresent(SaRekeyExchange::close);
    own = Optional.empty();
    become(now, winner.association());
  }

  private void become(Moment now, Association next) {
    retire(now, current);
    current = next;
    rekey.fresh(now);
  }

  private void retire(Moment now, Association association) {
    association.replaceable(false);
    if (retired.size() == MAX_RETIRED) {
      forget(retired.remove(0).association());
    }
    retired.add(new Retired(association, now.plus(settings.retransmit().total())));
  }

  /**
   * One of them has ended.
   *
   * @return whether the session goes on without it
   */
  boolean ended(Moment now, Association association) {
    if (retired.removeIf(r -> r.association() == association)) {
      forget(association);
      return true;
    }
    if (rival.isEmpty()) {
      return false;
    }
    if (rival.get().association() == association) {
      rival = Optional.empty();
      current.replaceable(true);
      association.close();
      return true;
    }
    // The peer is done with the old one before our own request was answered: it is void (2.25.2).
    surrender(now);
    return ended(now, association);
  }

  private void forget(Association association) {
    association.underWay().filter(ProtectedExchange::movesToSuccessor).ifPresent(orphans::add);
    association.close();
  }

  /** Exchanges whose IKE SA went before they were answered: to be asked on the current one. */
  List<ProtectedExchange> takeOrphans() {
    List<ProtectedExchange> taken = List.copyOf(orphans);
    orphans.clear();
    return taken;
  }

  /** Forgets replaced IKE SAs that the peer should have deleted long ago. */
  void tick(Moment now) {
    for (Retired old : List.copyOf(retired)) {
      if (!now.isBefore(old.until())) {
        retired.remove(old);
        forget(old.association());
      }
    }
  }

  Optional<Moment> deadline() {
    return Stream.of(
            whenIdle(),
            retired.stream().map(Retired::until),
            all().stream().flatMap(a -> a.deadline().stream()))
        .flatMap(s -> s)
        .min(Moment::compareTo);
  }

  /** What waits for its time; while something is under way, for its end too. */
  private Stream<Moment> whenIdle() {
    return !current.isIdle()
        ? Stream.empty()
        : Stream.of(
                rekey.deadline(),
                liveness.deadline(current.lastHeard()),
                current.authLifetime().deadline())
            .flatMap(Optional::stream);
  }

  /** Wipes all keys. */
  @Override
  public void close() {
    own.ifPresent(SaRekeyExchange::close);
    all().forEach(Association::close);
  }
}
