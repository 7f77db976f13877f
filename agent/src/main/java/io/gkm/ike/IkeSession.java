package io.gkm.ike;

import io.gkm.ike.IkeEffect.Closed;
import io.gkm.ike.IkeEffect.Established;
import io.gkm.ike.IkeEffect.Ignored;
import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.SessionInfo.State;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeSuite;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One IKE SA with one key server, from the group member's side (RFC 7296, RFC 9838): a sans-I/O
 * state machine. In go datagrams, wishes and the time; out come {@link IkeEffect}s. The same inputs
 * and random octets give the same effects.
 *
 * <pre>
 *   IDLE -start-&gt; CONNECTING -IKE_SA_INIT-&gt; AUTHENTICATING -GSA_AUTH-&gt; ESTABLISHED -close-&gt; CLOSING
 *                                any of them -&gt; CLOSED, with one {@link Closed}, the last effect
 * </pre>
 *
 * <p>The caller runs {@link #tick} at {@link #deadline}, or later. A closed session ignores
 * everything. Not safe for use by several threads.
 */
public final class IkeSession {
  private final IkeSettings settings;
  private final GroupRequest first;
  private final SecureRandom random;
  private final Connection connection;
  private final ClearErrors clearErrors = new ClearErrors();
  private final OwnRequests own = new OwnRequests();
  private State state = State.IDLE;
  private long spiI;
  private long spiR;
  private Optional<InitExchange> init = Optional.empty();
  private Optional<Outstanding> outstanding = Optional.empty();
  private Optional<ProtectedSa> sa = Optional.empty();
  private Optional<PeerRequests> peer = Optional.empty();
  private Optional<IkeSuite> suite = Optional.empty();
  private Optional<Moment> establishedAt = Optional.empty();

  /**
   * A session that has done nothing yet.
   *
   * @param first the group to ask for in GSA_AUTH
   * @param random all randomness: SPI, nonce, private values, IVs
   */
  public IkeSession(IkeSettings settings, GroupRequest first, SecureRandom random) {
    this.settings = settings;
    this.first = first;
    this.random = random;
    this.connection = new Connection(settings.firstPath());
  }

  /** Begins with IKE_SA_INIT. */
  public List<IkeEffect> start(Moment now) {
    return run(
        now,
        out -> {
          if (state != State.IDLE) {
            throw new IgnoredMessageException("the session was started before");
          }
          while (spiI == 0) {
            spiI = random.nextLong();
          }
          init = Optional.of(new InitExchange(settings, connection.path(), spiI, random));
          state = State.CONNECTING;
          askInit(now, out);
        });
  }

  /**
   * Takes a datagram.
   *
   * @param from between which addresses and ports it came
   * @param datagram the whole UDP payload, with the non-ESP marker when our port is 4500
   */
  public List<IkeEffect> receive(Moment now, UdpPath from, byte[] datagram) {
    if (state == State.CLOSED) {
      return List.of(new Ignored("the IKE SA is closed"));
    }
    return run(now, out -> dispatch(now, from, datagram, out));
  }

  /** Does what is due: retransmission, giving up, NAT keepalive. Too early it does nothing. */
  public List<IkeEffect> tick(Moment now) {
    return run(
        now,
        out -> {
          if (outstanding.isPresent()) {
            switch (outstanding.get().retransmitter().due(now)) {
              case NOTHING -> {}
              case SEND_AGAIN ->
                  out.add(connection.send(now, outstanding.get().message().toByteArray()));
              case GIVE_UP -> throw gaveUp();
            }
          }
          connection.tick(now).ifPresent(out::add);
        });
  }

  /** Asks for a group, as soon as the IKE SA is up and earlier wishes are answered. */
  public List<IkeEffect> register(Moment now, GroupRequest request) {
    return ask(now, new RegistrationExchange(new GroupRegistration(request)));
  }

  /**
   * Tells the GCKS that we leave a group, or do not accept its policy.
   *
   * @param notifyType NO_PROPOSAL_CHOSEN(14) or REGISTRATION_FAILED(49)
   */
  public List<IkeEffect> leave(Moment now, Identification group, int notifyType) {
    return ask(now, new LeaveExchange(group, notifyType));
  }

  /**
   * Ends the IKE SA. Before GSA_AUTH is sent it is over at once; later the GCKS is told, after the
   * exchange under way and the leaves that wait. Registrations that wait are dropped, and none that
   * is answered from now on is handed out.
   */
  public List<IkeEffect> close(Moment now) {
    return run(
        now,
        out -> {
          if (sa.isEmpty()) {
            throw new SessionFailedException(CloseReason.LOCAL, "closed by us");
          }
          if (state != State.CLOSING) {
            state = State.CLOSING;
            own.drop(RegistrationExchange.class::isInstance);
            own.add(new DeleteExchange());
            askNext(now, out);
          }
        });
  }

  /** Wipes all keys and ends the session without a word to anybody. */
  public void destroy() {
    wipe();
  }

  /** When {@link #tick} has something to do; nothing while there is nothing to wait for. */
  public Optional<Moment> deadline() {
    return Stream.concat(
            outstanding.map(o -> o.retransmitter().deadline()).stream(),
            connection.deadline().stream())
        .min(Moment::compareTo);
  }

  /** What there is to tell about the session. */
  public SessionInfo info() {
    return new SessionInfo(
        state, spiI, spiR, suite, connection.path(), connection.nat(), establishedAt);
  }

  private List<IkeEffect> ask(Moment now, ProtectedExchange exchange) {
    return run(
        now,
        out -> {
          if (state == State.CLOSING) {
            throw new IgnoredMessageException("the IKE SA is about to be closed");
          }
          own.add(exchange);
          askNext(now, out);
        });
  }

  private void askInit(Moment now, List<IkeEffect> out) {
    byte[] message = init.orElseThrow().request();
    outstanding(now, ExchangeType.IKE_SA_INIT, 0, message, out);
  }

  private void askNext(Moment now, List<IkeEffect> out) throws CryptoException {
    Optional<ProtectedExchange> next = sa.isPresent() ? own.startNext() : Optional.empty();
    if (next.isPresent()) {
      int type = next.get().exchangeType();
      long id = own.takeMessageId();
      byte[] message = sa.get().sealRequest(type, id, next.get().request());
      outstanding(now, type, id, message, out);
    }
  }

  private void outstanding(Moment now, int type, long id, byte[] message, List<IkeEffect> out) {
    clearErrors.clear();
    Retransmitter timer = new Retransmitter(settings.retransmit(), now);
    outstanding = Optional.of(new Outstanding(type, id, Octets.of(message), timer));
    out.add(connection.send(now, message));
  }

  private void dispatch(Moment now, UdpPath from, byte[] datagram, List<IkeEffect> out)
      throws IgnoredMessageException, SessionFailedException, CryptoException {
    byte[] octets = UdpFraming.message(from, datagram);
    IkeMessage message = decode(octets);
    IkeHeader header = message.header();
    if (header.spiI() != spiI || header.initiator()) {
      throw new IgnoredMessageException("not from the responder of this IKE SA");
    }
    if (!header.response()) {
      request(now, from, message, octets, out);
      return;
    }
    Outstanding asked =
        outstanding.orElseThrow(() -> new IgnoredMessageException("nothing was asked"));
    if (header.exchangeType() != asked.exchangeType() || header.messageId() != asked.messageId()) {
      throw new IgnoredMessageException("answer to something else than what was asked last");
    }
    if (sa.isEmpty()) {
      initAnswer(now, from, message, octets, out);
    } else {
      answer(now, from, message, octets, out);
    }
  }

  private static IkeMessage decode(byte[] octets) throws IgnoredMessageException {
    try {
      return IkeMessage.decode(octets);
    } catch (WireException e) {
      throw new IgnoredMessageException("malformed message", e);
    }
  }

  private void initAnswer(
      Moment now, UdpPath from, IkeMessage message, byte[] octets, List<IkeEffect> out)
      throws IgnoredMessageException, CryptoException {
    if (!from.equals(connection.path())) {
      throw new IgnoredMessageException("IKE_SA_INIT was not sent over " + from);
    }
    InitAnswer answer = init.orElseThrow().receive(from, message, octets, clearErrors);
    if (answer instanceof InitAnswer.Accepted accepted) {
      authenticate(now, accepted.result(), out);
    } else {
      askInit(now, out);
    }
  }

  private void authenticate(Moment now, InitResult result, List<IkeEffect> out)
      throws CryptoException {
    sa = Optional.of(new ProtectedSa(spiI, result.spiR(), result.keys(), random));
    spiR = result.spiR();
    suite = Optional.of(result.keys().suite());
    init.ifPresent(InitExchange::close);
    init = Optional.empty();
    connection.found(now, result.nat());
    state = State.AUTHENTICATING;
    own.addFirst(new GsaAuthExchange(settings, result, first));
    askNext(now, out);
  }

  private void answer(
      Moment now, UdpPath from, IkeMessage message, byte[] octets, List<IkeEffect> out)
      throws IgnoredMessageException, SessionFailedException, CryptoException {
    ProtectedSa protectedSa = sa.orElseThrow();
    clearErrors.noteIn(message);
    ProtectedSa.Opened opened = protectedSa.open(message, octets);
    outstanding = Optional.empty();
    List<IkeEffect> effects;
    try {
      effects = own.finish().answered(protectedSa.keys(), opened.payloads());
    } catch (WireException e) {
      throw SessionFailedException.syntax(message.header().exchangeType(), e, e.notifyType());
    }
    connection.authenticated(from);
    if (peer.isEmpty()) {
      established(now, out);
    }
    effects.stream().filter(this::isWanted).forEach(out::add);
    askNext(now, out);
  }

  private void established(Moment now, List<IkeEffect> out) {
    peer = Optional.of(new PeerRequests(sa.orElseThrow()));
    establishedAt = Optional.of(now);
    if (state == State.AUTHENTICATING) {
      state = State.ESTABLISHED;
      out.add(new Established(info()));
    }
  }

  /** Who is closing has no use for keys any more. */
  private boolean isWanted(IkeEffect effect) {
    if (state == State.CLOSING && effect instanceof Registered registered) {
      registered.answer().close();
      return false;
    }
    return true;
  }

  private void request(
      Moment now, UdpPath from, IkeMessage message, byte[] octets, List<IkeEffect> out)
      throws IgnoredMessageException, SessionFailedException, CryptoException {
    if (peer.isEmpty()) {
      throw new IgnoredMessageException("request of a peer that is not authenticated");
    }
    PeerRequests.Reply reply = peer.get().receive(message, octets);
    if (!reply.repeated()) {
      connection.authenticated(from);
    }
    out.add(connection.reply(now, from, reply.response().toByteArray()));
    if (reply.end().isPresent()) {
      throw reply.end().get();
    }
  }

  private SessionFailedException gaveUp() {
    if (state == State.CLOSING) {
      return new SessionFailedException(
          CloseReason.LOCAL, "closed by us; the GCKS did not answer any more");
    }
    String what = ExchangeType.name(outstanding.orElseThrow().exchangeType());
    return clearErrors.timeout(what, settings.retransmit());
  }

  private interface Step {
    void run(List<IkeEffect> out)
        throws IgnoredMessageException, SessionFailedException, CryptoException;
  }

  private List<IkeEffect> run(Moment now, Step step) {
    List<IkeEffect> out = new ArrayList<>();
    if (state == State.CLOSED) {
      return out;
    }
    try {
      step.run(out);
    } catch (IgnoredMessageException e) {
      out.add(new Ignored(e.getMessage()));
    } catch (SessionFailedException e) {
      end(now, e, out);
    } catch (CryptoException e) {
      end(now, new SessionFailedException(CloseReason.PROTOCOL_ERROR, e.getMessage()), out);
    }
    return out;
  }

  private void end(Moment now, SessionFailedException why, List<IkeEffect> out) {
    String detail = why.getMessage();
    if (why.tell() != SessionFailedException.SILENT && sa.isPresent()) {
      try {
        out.add(connection.send(now, tell(sa.get(), why.tell())));
      } catch (CryptoException e) {
        detail += "; the peer could not be told: " + e.getMessage();
      }
    }
    wipe();
    out.add(new Closed(why.reason(), detail));
  }

  /** An INFORMATIONAL request sent once: nobody waits for its answer (RFC 7296 section 2.21.2). */
  private byte[] tell(ProtectedSa protectedSa, int error) throws CryptoException {
    return protectedSa.sealRequest(
        ExchangeType.INFORMATIONAL, own.takeMessageId(), List.of(NotifyPayload.of(error)));
  }

  private void wipe() {
    init.ifPresent(InitExchange::close);
    sa.ifPresent(ProtectedSa::close);
    connection.stop();
    outstanding = Optional.empty();
    state = State.CLOSED;
  }
}
