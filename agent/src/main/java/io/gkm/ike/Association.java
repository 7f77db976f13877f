package io.gkm.ike;

import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An IKE SA from its IKE_SA_INIT answer on: keys, the way to the peer, our exchange under way, and
 * the peer's. Until the answer to GSA_AUTH it is half-open: anybody who saw our first request can
 * have caused it.
 */
final class Association implements AutoCloseable {
  /** Longer than whoever checks certificates may take: it answers also when it cannot check. */
  static final Duration CHECK_LIMIT = Duration.ofSeconds(60);

  /** An answer over this path waits for its certificates to be checked. */
  private record Checking(UdpPath from, Moment until) {}

  private final IkeSettings settings;
  private final SecureRandom random;
  private final int maxMessage;
  private final ProtectedSa sa;
  private final Connection connection;
  private final Pending pending;
  private final PeerRequests peerRequests;
  private final Reassembler answerFragments = new Reassembler();
  private final AuthLifetime authLifetime;
  private Optional<ProtectedExchange> current = Optional.empty();
  private long nextMessageId;
  private Optional<Checking> checking = Optional.empty();
  private boolean authenticated;
  private boolean replaceable = true;
  private Moment lastHeard;

  /**
   * Half-open, after IKE_SA_INIT: owns the keys in {@code origin} from here on, also when it
   * throws.
   */
  Association(Moment now, IkeSettings settings, long spiI, InitResult origin, SecureRandom random)
      throws CryptoException {
    this(
        now,
        settings,
        new ProtectedSa(
            new SaSpis(spiI, origin.spiR()),
            true,
            origin.keys(),
            settings.options().maxMessage(settings.remoteAddress(), origin.fragmentation()),
            random),
        new Connection(settings.firstPath()),
        settings.options().maxMessage(settings.remoteAddress(), origin.fragmentation()),
        new AuthLifetime(),
        random);
    // IKE_SA_INIT had 0.
    this.nextMessageId = 1;
    connection.found(now, origin.nat());
  }

  private Association(
      Moment now,
      IkeSettings settings,
      ProtectedSa sa,
      Connection connection,
      int maxMessage,
      AuthLifetime authLifetime,
      SecureRandom random) {
    this.settings = settings;
    this.random = random;
    this.maxMessage = maxMessage;
    this.sa = sa;
    this.connection = connection;
    this.pending = new Pending(settings.retransmit(), connection);
    this.authLifetime = authLifetime;
    this.peerRequests = new PeerRequests(sa, exchanges());
    this.lastHeard = now;
  }

  private Map<Integer, PeerExchange> exchanges() {
    return Map.of(
        ExchangeType.INFORMATIONAL,
        new PeerInformational(authLifetime),
        ExchangeType.CREATE_CHILD_SA,
        new PeerSaRekey(settings.proposals(), random, () -> replaceable),
        ExchangeType.GSA_INBAND_REKEY,
        new PeerInbandRekey());
  }

  /**
   * The IKE SA that replaces this one, over the same way and with the same peer: message ids begin
   * at 0 again.
   *
   * @param made owned from here on, also when it throws
   */
  Association successor(Moment now, RekeyedSa made) throws CryptoException {
    ProtectedSa fresh =
        new ProtectedSa(made.spis(), made.initiator(), made.keys(), maxMessage, random);
    Association next =
        new Association(now, settings, fresh, connection, maxMessage, authLifetime, random);
    next.authenticated = true;
    return next;
  }

  /** SPIs, keys and algorithms. */
  ProtectedSa sa() {
    return sa;
  }

  /** Whether the GCKS may rekey this IKE SA; else it gets TEMPORARY_FAILURE. */
  void replaceable(boolean yes) {
    replaceable = yes;
  }

  /** The exchange of ours that is under way. */
  Optional<ProtectedExchange> underWay() {
    return current;
  }

  /** How long the GCKS takes our authentication to be good. */
  AuthLifetime authLifetime() {
    return authLifetime;
  }

  /** When the peer proved last that it is there. */
  Moment lastHeard() {
    return lastHeard;
  }

  Connection connection() {
    return connection;
  }

  /** The peer is the configured GCKS. */
  boolean isAuthenticated() {
    return authenticated;
  }

  /** No exchange of ours is under way. */
  boolean isIdle() {
    return current.isEmpty();
  }

  /** Begins an exchange; there must be none under way. */
  List<Send> ask(Moment now, ProtectedExchange exchange) throws CryptoException {
    int type = exchange.exchangeType();
    long id = nextMessageId++;
    List<byte[]> messages = sa.sealRequest(type, id, exchange.request());
    current = Optional.of(exchange);
    answerFragments.clear();
    return pending.send(now, type, id, messages);
  }

  /**
   * An INFORMATIONAL request with an error, sent once: the SA is over, nobody waits for an answer
   * (RFC 7296 section 2.21.2).
   */
  List<Send> tell(Moment now, int error) throws CryptoException {
    List<byte[]> messages =
        sa.sealRequest(
            ExchangeType.INFORMATIONAL, nextMessageId++, List.of(NotifyPayload.of(error)));
    return messages.stream().map(m -> connection.send(now, m)).toList();
  }

  /**
   * Opens the answer to our exchange under way.
   *
   * @param octets {@code message} as received
   * @return nothing while fragments of the answer are missing
   * @throws IgnoredMessageException when it is another message, or not the peer's
   */
  Optional<Opened> openAnswer(IkeMessage message, byte[] octets) throws IgnoredMessageException {
    pending.expect(message.header());
    if (sa.isOfPeer(message.header())) {
      pending.errors().noteIn(message);
    }
    return sa.open(message, octets, answerFragments);
  }

  /** Takes the answer to our exchange under way, which came over {@code from}. */
  List<IkeEffect> answered(Moment now, UdpPath from, Opened answer) throws SessionFailedException {
    ProtectedExchange exchange = current.orElseThrow();
    current = Optional.empty();
    pending.answered();
    List<IkeEffect> effects;
    try {
      PayloadChain payloads = answer.payloads();
      effects = exchange.answered(sa.keys(), payloads);
      authLifetime.note(now, payloads);
    } catch (WireException e) {
      throw SessionFailedException.syntax(exchange.exchangeType(), e, e.notifyType());
    }
    if (exchange.awaited().isPresent()) {
      // Neither idle nor authenticated until the check is done.
      current = Optional.of(exchange);
      checking = Optional.of(new Checking(from, now.plus(CHECK_LIMIT)));
    } else {
      authenticated(now, from);
    }
    return effects;
  }

  private void authenticated(Moment now, UdpPath from) {
    authenticated = true;
    lastHeard = now;
    connection.authenticated(from);
  }

  /**
   * The certificates that the exchange under way waits for are checked.
   *
   * @param refusal why they are not trusted; empty when they are
   * @throws IgnoredMessageException when it does not wait for these
   */
  List<IkeEffect> checked(Moment now, CertificateCheck check, Optional<String> refusal)
      throws IgnoredMessageException, SessionFailedException {
    if (!current.flatMap(ProtectedExchange::awaited).equals(Optional.of(check))) {
      throw new IgnoredMessageException("nobody waits for the check of these certificates");
    }
    ProtectedExchange exchange = current.orElseThrow();
    UdpPath from = checking.orElseThrow().from();
    current = Optional.empty();
    checking = Optional.empty();
    List<IkeEffect> effects;
    try {
      effects = exchange.checked(sa.keys(), refusal);
    } catch (WireException e) {
      throw SessionFailedException.syntax(exchange.exchangeType(), e, e.notifyType());
    }
    authenticated(now, from);
    return effects;
  }

  /** Answers a request of the peer. */
  PeerRequests.Reply request(Moment now, UdpPath from, IkeMessage message, byte[] octets)
      throws IgnoredMessageException, CryptoException {
    if (!authenticated) {
      throw new IgnoredMessageException("request of a peer that is not authenticated");
    }
    PeerRequests.Reply reply = peerRequests.receive(now, message, octets);
    if (!reply.repeated()) {
      lastHeard = now;
      connection.authenticated(from);
    }
    return reply;
  }

  /** The datagrams that are due. */
  List<Send> tick(Moment now) throws SessionFailedException {
    if (checking.isPresent() && !now.isBefore(checking.get().until())) {
      throw new SessionFailedException(
          CloseReason.PEER_NOT_AUTHENTICATED,
          "its certificates could not be checked within " + CHECK_LIMIT.toSeconds() + " s",
          NotifyType.AUTHENTICATION_FAILED);
    }
    List<Send> again = pending.tick(now);
    return Stream.concat(again.stream(), connection.tick(now).stream()).toList();
  }

  Optional<Moment> deadline() {
    return Stream.of(pending.deadline(), connection.deadline(), checking.map(Checking::until))
        .flatMap(Optional::stream)
        .min(Moment::compareTo);
  }

  /** Zeroes the keys. */
  @Override
  public void close() {
    sa.close();
  }
}
