package io.gkm.group;

import io.gkm.group.ControllerStatus.State;
import io.gkm.ike.CloseReason;
import io.gkm.ike.GroupRequest;
import io.gkm.ike.IkeEffect;
import io.gkm.ike.IkeSettings;
import io.gkm.ike.Moment;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The IKE SA with the key server, and which of its addresses to try when. After a failure the next
 * address is tried at once; when all have failed, after a growing wait, for ever.
 */
final class ServerLink {
  private final List<IkeSettings> servers;
  private final LocalAddresses localAddresses;
  private final KeyServerSession.Factory sessions;
  private final Backoff retry;
  private final Backoff refused;

  private int server;
  private int failedInRound;
  private KeyServerSession session;
  private State state = State.IDLE;
  private Moment since;
  private Moment notBefore;

  ServerLink(
      List<IkeSettings> servers,
      LocalAddresses localAddresses,
      KeyServerSession.Factory sessions,
      SecureRandom random,
      MemberTimings timings) {
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("a key server needs an address");
    }
    this.servers = List.copyOf(servers);
    this.localAddresses = localAddresses;
    this.sessions = sessions;
    this.retry = new Backoff(random, timings.retryFirst(), timings.retryMax());
    this.refused = new Backoff(random, timings.refusedFirst(), timings.refusedMax());
  }

  void start(Moment now) {
    since = now;
    notBefore = now;
  }

  /** Opens an IKE SA with the address whose turn it is. */
  List<IkeEffect> connect(Moment now, GroupRequest first) {
    IkeSettings settings = servers.get(server);
    Optional<String> noRoute = localAddresses.noRoute(settings.remoteAddress(), settings.port());
    enter(now, State.CONNECTING);
    if (noRoute.isPresent()) {
      // Not worth the wait for an answer: a route often appears soon after the system's start.
      return List.of(new IkeEffect.Closed(CloseReason.TIMEOUT, noRoute.get()));
    }
    session = sessions.open(fromHere(settings), first);
    return session.start(now);
  }

  /** The settings with the address this host has toward that server now. */
  private IkeSettings fromHere(IkeSettings settings) {
    InetAddress local =
        localAddresses
            .toward(settings.remoteAddress(), settings.port())
            .orElse(settings.localAddress());
    return settings.from(local);
  }

  void established(Moment now) {
    enter(now, State.ESTABLISHED);
  }

  void leaving(Moment now) {
    enter(now, State.LEAVING);
  }

  /** The IKE SA is gone without a fault of the address; another may be opened at once. */
  void closed(Moment now) {
    session = null;
    notBefore = now;
    enter(now, State.IDLE);
  }

  /**
   * The IKE SA failed: the next address has its turn.
   *
   * @param needsPerson the failure will hardly pass by itself
   * @return how long to wait before it
   */
  Duration failed(Moment now, boolean needsPerson) {
    closed(now);
    server = (server + 1) % servers.size();
    failedInRound++;
    if (failedInRound < servers.size()) {
      return Duration.ZERO;
    }
    failedInRound = 0;
    Duration wait = (needsPerson ? refused : retry).next();
    notBefore = now.plus(wait);
    return wait;
  }

  /** The key server answered about a group: it works. */
  void works() {
    failedInRound = 0;
    retry.reset();
    refused.reset();
  }

  /** The end: keys of an IKE SA that is still there are wiped. */
  void stopped(Moment now) {
    if (session != null) {
      session.destroy();
    }
    session = null;
    enter(now, State.STOPPED);
  }

  private void enter(Moment now, State next) {
    state = next;
    since = now;
  }

  boolean isOpen() {
    return session != null;
  }

  boolean isEstablished() {
    return state == State.ESTABLISHED;
  }

  boolean mayConnect(Moment now) {
    return session == null && !now.isBefore(notBefore);
  }

  /** The open session; only when {@link #isOpen}. */
  KeyServerSession session() {
    return session;
  }

  Optional<Moment> sessionDeadline() {
    return session == null ? Optional.empty() : session.deadline();
  }

  State state() {
    return state;
  }

  Moment since() {
    return since;
  }

  Moment notBefore() {
    return notBefore;
  }

  InetAddress address() {
    return servers.get(server).remoteAddress();
  }
}
