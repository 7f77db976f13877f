package io.gkm.ike;

import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
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
  private final InitResult origin;
  private final ProtectedSa sa;
  private final Connection connection;
  private final Pending pending;
  private final PeerRequests peerRequests;
  private final Reassembler answerFragments = new Reassembler();
  private Optional<ProtectedExchange> current = Optional.empty();
  // IKE_SA_INIT had 0.
  private long nextMessageId = 1;
  private boolean authenticated;

  /** Half-open: owns the keys in {@code origin} from here on, also when it throws. */
  Association(Moment now, IkeSettings settings, long spiI, InitResult origin, SecureRandom random)
      throws CryptoException {
    this.origin = origin;
    int maxMessage =
        settings.options().maxMessage(settings.remoteAddress(), origin.fragmentation());
    SaSpis spis = new SaSpis(spiI, origin.spiR());
    this.sa = new ProtectedSa(spis, true, origin.keys(), maxMessage, random);
    this.connection = new Connection(settings.firstPath());
    this.pending = new Pending(settings.retransmit(), connection);
    this.peerRequests = new PeerRequests(sa, exchanges());
    connection.found(now, origin.nat());
  }

  private static Map<Integer, PeerExchange> exchanges() {
    return Map.of(
        ExchangeType.INFORMATIONAL,
        new PeerInformational(),
        ExchangeType.CREATE_CHILD_SA,
        (now, keys, request) ->
            PeerExchange.Verdict.answer(NotifyPayload.of(NotifyType.NO_ADDITIONAL_SAS)),
        ExchangeType.GSA_INBAND_REKEY,
        new PeerInbandRekey());
  }

  /** The IKE_SA_INIT exchange it comes from. */
  InitResult origin() {
    return origin;
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
    if (message.header().spiR() == origin.spiR()) {
      pending.errors().noteIn(message);
    }
    return sa.open(message, octets, answerFragments);
  }

  /** Takes the answer to our exchange under way, which came over {@code from}. */
  List<IkeEffect> answered(UdpPath from, Opened answer) throws SessionFailedException {
    ProtectedExchange exchange = current.orElseThrow();
    current = Optional.empty();
    pending.answered();
    List<IkeEffect> effects;
    try {
      effects = exchange.answered(sa.keys(), answer.payloads());
    } catch (WireException e) {
      throw SessionFailedException.syntax(exchange.exchangeType(), e, e.notifyType());
    }
    authenticated = true;
    connection.authenticated(from);
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
      connection.authenticated(from);
    }
    return reply;
  }

  /** The datagrams that are due. */
  List<Send> tick(Moment now) throws SessionFailedException {
    List<Send> again = pending.tick(now);
    return Stream.concat(again.stream(), connection.tick(now).stream()).toList();
  }

  Optional<Moment> deadline() {
    return Stream.concat(pending.deadline().stream(), connection.deadline().stream())
        .min(Moment::compareTo);
  }

  /** Zeroes the keys. */
  @Override
  public void close() {
    sa.close();
  }
}
