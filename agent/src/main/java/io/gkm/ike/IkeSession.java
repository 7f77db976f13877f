package io.gkm.ike;

import io.gkm.ike.IkeEffect.Closed;
import io.gkm.ike.IkeEffect.Established;
import io.gkm.ike.IkeEffect.Ignored;
import io.gkm.ike.IkeEffect.InbandRekey;
import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.SessionInfo.State;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
  private final Function<InitResult, ProtectedExchange> authentication;
  private final SecureRandom random;
  private final Deque<ProtectedExchange> wishes = new ArrayDeque<>();
  private State state = State.IDLE;
  private CloseReason closing = CloseReason.LOCAL;
  private long spiI;
  private Optional<Handshake> handshake = Optional.empty();
  private Optional<LiveSas> sas = Optional.empty();
  private Optional<Moment> establishedAt = Optional.empty();

  /**
   * A session that has done nothing yet.
   *
   * @param first the group to ask for in GSA_AUTH
   * @param random all randomness: SPI, nonce, private values, IVs
   * @throws IllegalArgumentException when a proposal has no key wrap algorithm (GM-5)
   */
  public IkeSession(IkeSettings settings, GroupRequest first, SecureRandom random) {
    this(settings, init -> new GsaAuthExchange(settings, init, first, random), random);
    IkeProposals.requireKeyWrap(settings.proposals());
  }

  /** A session in which something else follows IKE_SA_INIT: for peers that know no groups. */
  IkeSession(
      IkeSettings settings,
      Function<InitResult, ProtectedExchange> authentication,
      SecureRandom random) {
    this.settings = settings;
    this.authentication = authentication;
    this.random = random;
  }

  /** Begins with IKE_SA_INIT. */
  public List<IkeEffect> start(Moment now) {
    return run(
        now,
        out -> {
          if (state != State.IDLE) {
            throw new IgnoredMessageException("the session was started before");
          }
          spiI = SaSpis.fresh(random);
          handshake = Optional.of(new Handshake(settings, authentication, spiI, random));
          state = State.CONNECTING;
          out.addAll(handshake.get().start(now));
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
          if (handshake.isPresent()) {
            out.addAll(handshake.get().tick(now));
          } else if (sas.isPresent()) {
            tick(now, sas.get(), out);
          }
        });
  }

  /**
   * The certificates of {@link IkeEffect.CheckCertificates} are checked.
   *
   * @param refusal why they are not trusted, for the person; empty when they are
   */
  public List<IkeEffect> certificatesChecked(
      Moment now, CertificateCheck check, Optional<String> refusal) {
    return run(
        now,
        out -> {
          Association waiting =
              sas.map(LiveSas::current)
                  .orElseThrow(() -> new IgnoredMessageException("no IKE SA waits for a check"));
          goOn(now, waiting, waiting.checked(now, check, refusal), out);
        });
  }

  /** Asks for a group, as soon as the IKE SA is up and earlier wishes are answered. */
  public List<IkeEffect> register(Moment now, GroupRequest request) {
    return wish(now, new RegistrationExchange(new GroupRegistration(request)));
  }

  /**
   * Tells the GCKS that we leave a group, or do not accept its policy.
   *
   * @param notifyType NO_PROPOSAL_CHOSEN(14) or REGISTRATION_FAILED(49)
   */
  public List<IkeEffect> leave(Moment now, Identification group, int notifyType) {
    return wish(now, new LeaveExchange(group, notifyType));
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
          if (sas.isEmpty() && handshake.filter(Handshake::isAuthenticating).isEmpty()) {
            throw new SessionFailedException(CloseReason.LOCAL, "closed by us");
          }
          if (state != State.CLOSING) {
            wishes.removeIf(RegistrationExchange.class::isInstance);
            beginClosing(now, CloseReason.LOCAL, out);
          }
        });
  }

  private void beginClosing(Moment now, CloseReason why, List<IkeEffect> out)
      throws CryptoException {
    state = State.CLOSING;
    closing = why;
    wishes.add(new DeleteExchange());
    sas.ifPresent(s -> s.current().replaceable(false));
    askNext(now, out);
  }

  /** Wipes all keys and ends the session without a word to anybody. */
  public void destroy() {
    handshake.ifPresent(Handshake::close);
    handshake = Optional.empty();
    sas.ifPresent(LiveSas::close);
    sas = Optional.empty();
    wishes.clear();
    state = State.CLOSED;
  }

  /** When {@link #tick} has something to do; nothing while there is nothing to wait for. */
  public Optional<Moment> deadline() {
    return handshake.flatMap(Handshake::deadline).or(() -> sas.flatMap(LiveSas::deadline));
  }

  /** What there is to tell about the session. */
  public SessionInfo info() {
    Optional<Association> current =
        sas.map(LiveSas::current).or(() -> handshake.flatMap(Handshake::candidate));
    Optional<ProtectedSa> sa = current.map(Association::sa);
    return new SessionInfo(
        state,
        sa.map(a -> a.spis().initiator()).orElse(spiI),
        sa.map(a -> a.spis().responder()).orElse(0L),
        sa.map(a -> a.keys().suite()),
        current.map(a -> a.connection().path()).orElse(settings.firstPath()),
        current.map(a -> a.connection().nat()).orElse(NatStatus.UNKNOWN),
        establishedAt);
  }

  /** Asks this, as soon as the IKE SA is up and earlier wishes are answered. */
  List<IkeEffect> wish(Moment now, ProtectedExchange exchange) {
    return run(
        now,
        out -> {
          if (state == State.CLOSING) {
            throw new IgnoredMessageException("the IKE SA is about to be closed");
          }
          wishes.add(exchange);
          askNext(now, out);
        });
  }

  /** The next is asked when the GCKS is authenticated and no exchange is under way. */
  private void askNext(Moment now, List<IkeEffect> out) throws CryptoException {
    if (sas.isEmpty()) {
      return;
    }
    Association current = sas.get().current();
    if (!current.isAuthenticated() || !current.isIdle()) {
      return;
    }
    if (state == State.ESTABLISHED && sas.get().isRekeyDue(now)) {
      out.addAll(sas.get().beginRekey(now));
    } else if (!wishes.isEmpty()) {
      out.addAll(current.ask(now, wishes.remove()));
    } else if (state == State.ESTABLISHED && current.authLifetime().isDue(now)) {
      beginClosing(now, CloseReason.REAUTHENTICATION, out);
    } else if (state == State.ESTABLISHED && sas.get().isLivenessDue(now)) {
      out.addAll(current.ask(now, new LivenessExchange()));
    }
  }

  private void dispatch(Moment now, UdpPath from, byte[] datagram, List<IkeEffect> out)
      throws IgnoredMessageException, SessionFailedException, CryptoException {
    byte[] octets = UdpFraming.message(from, datagram);
    IkeMessage message;
    try {
      message = IkeMessage.decode(octets);
    } catch (WireException e) {
      throw new IgnoredMessageException("malformed message", e);
    }
    if (sas.isPresent()) {
      live(now, from, message, octets, out);
    } else if (handshake.isEmpty()) {
      throw new IgnoredMessageException("nothing was asked");
    } else if (message.header().exchangeType() == ExchangeType.IKE_SA_INIT) {
      out.addAll(handshake.get().init(now, from, message, octets));
      if (state == State.CONNECTING && handshake.get().isAuthenticating()) {
        state = State.AUTHENTICATING;
      }
    } else {
      Optional<Handshake.Answered> answered = handshake.get().authAnswer(message, octets);
      if (answered.isPresent()) {
        Association association = answered.get().association();
        sas = Optional.of(new LiveSas(now, settings, association, random));
        handshake = Optional.empty();
        goOn(now, association, association.answered(now, from, answered.get().answer()), out);
      }
    }
  }

  /** A message when there is an IKE SA with the peer. */
  private void live(
      Moment now, UdpPath from, IkeMessage message, byte[] octets, List<IkeEffect> out)
      throws IgnoredMessageException, SessionFailedException, CryptoException {
    Association association =
        sas.get()
            .find(message.header())
            .orElseThrow(() -> new IgnoredMessageException("not of an IKE SA of this session"));
    try {
      if (message.header().response()) {
        Optional<Opened> opened = association.openAnswer(message, octets);
        if (opened.isPresent()) {
          goOn(now, association, association.answered(now, from, opened.get()), out);
        }
      } else {
        request(now, from, association, message, octets, out);
      }
    } catch (SessionFailedException e) {
      goOnWithout(now, association, e, out);
    }
  }

  /** What follows from an answer of the peer. */
  private void goOn(
      Moment now, Association association, List<IkeEffect> effects, List<IkeEffect> out)
      throws SessionFailedException, CryptoException {
    if (establishedAt.isEmpty() && association.isAuthenticated()) {
      established(now, out);
    }
    effects.forEach(sas.get()::note);
    effects.stream().filter(this::isWanted).forEach(out::add);
    out.addAll(sas.get().answered(now));
    askNext(now, out);
  }

  private void established(Moment now, List<IkeEffect> out) {
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
    if (state == State.CLOSING && effect instanceof InbandRekey rekey) {
      rekey.close();
      return false;
    }
    return true;
  }

  private void request(
      Moment now,
      UdpPath from,
      Association association,
      IkeMessage message,
      byte[] octets,
      List<IkeEffect> out)
      throws IgnoredMessageException, SessionFailedException, CryptoException {
    PeerRequests.Reply reply = association.request(now, from, message, octets);
    for (Octets response : reply.response()) {
      out.add(association.connection().reply(now, from, response.toByteArray()));
    }
    reply.effects().stream().filter(this::isWanted).forEach(out::add);
    if (reply.successor().isPresent()) {
      sas.get().madeByPeer(now, reply.successor().get());
      askNext(now, out);
    }
    if (reply.end().isPresent()) {
      throw reply.end().get();
    }
  }

  private void tick(Moment now, LiveSas live, List<IkeEffect> out)
      throws SessionFailedException, CryptoException {
    live.tick(now);
    for (Association association : live.all()) {
      try {
        out.addAll(association.tick(now));
      } catch (SessionFailedException e) {
        goOnWithout(now, association, e, out);
      }
    }
    adoptOrphans();
    askNext(now, out);
  }

  /** The end of one IKE SA is the session's, unless another has taken its place. */
  private void goOnWithout(
      Moment now, Association association, SessionFailedException why, List<IkeEffect> out)
      throws SessionFailedException, CryptoException {
    if (!sas.get().ended(now, association)) {
      throw why;
    }
    adoptOrphans();
    askNext(now, out);
  }

  private void adoptOrphans() {
    sas.get().takeOrphans().forEach(wishes::addFirst);
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
    if (why.tell() != SessionFailedException.SILENT && sas.isPresent()) {
      try {
        out.addAll(sas.get().current().tell(now, why.tell()));
      } catch (CryptoException e) {
        detail += "; the peer could not be told: " + e.getMessage();
      }
    }
    CloseReason reason = state == State.CLOSING ? closing : why.reason();
    destroy();
    out.add(new Closed(reason, detail));
  }
}
