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
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
  private final Deque<ProtectedExchange> wishes = new ArrayDeque<>();
  private final List<Association> associations = new ArrayList<>();
  private State state = State.IDLE;
  private long spiI;
  private Optional<Connecting> connecting = Optional.empty();
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
          connecting = Optional.of(new Connecting(settings, spiI, random));
          state = State.CONNECTING;
          out.addAll(connecting.get().ask(now));
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
          if (connecting.isPresent()) {
            out.addAll(connecting.get().tick(now));
          }
          for (Association association : List.copyOf(associations)) {
            tick(now, association, out);
          }
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
          if (associations.isEmpty()) {
            throw new SessionFailedException(CloseReason.LOCAL, "closed by us");
          }
          if (state != State.CLOSING) {
            state = State.CLOSING;
            wishes.removeIf(RegistrationExchange.class::isInstance);
            wishes.add(new DeleteExchange());
            askNext(now, out);
          }
        });
  }

  /** Wipes all keys and ends the session without a word to anybody. */
  public void destroy() {
    connecting.ifPresent(Connecting::close);
    connecting = Optional.empty();
    associations.forEach(Association::close);
    associations.clear();
    wishes.clear();
    state = State.CLOSED;
  }

  /** When {@link #tick} has something to do; nothing while there is nothing to wait for. */
  public Optional<Moment> deadline() {
    return Stream.concat(
            connecting.flatMap(Connecting::deadline).stream(),
            associations.stream().flatMap(a -> a.deadline().stream()))
        .min(Moment::compareTo);
  }

  /** What there is to tell about the session. */
  public SessionInfo info() {
    Optional<Association> current = associations.stream().findFirst();
    return new SessionInfo(
        state,
        spiI,
        current.map(a -> a.origin().spiR()).orElse(0L),
        current.map(a -> a.origin().keys().suite()),
        current.map(a -> a.connection().path()).orElse(settings.firstPath()),
        current.map(a -> a.connection().nat()).orElse(NatStatus.UNKNOWN),
        establishedAt);
  }

  private List<IkeEffect> wish(Moment now, ProtectedExchange exchange) {
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

  /** The next wish is granted when the GCKS is authenticated and no exchange is under way. */
  private void askNext(Moment now, List<IkeEffect> out) throws CryptoException {
    for (Association association : associations) {
      if (association.isAuthenticated() && association.isIdle() && !wishes.isEmpty()) {
        out.addAll(association.ask(now, wishes.remove()));
      }
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
    IkeHeader header = message.header();
    if (state == State.IDLE || header.spiI() != spiI || header.initiator()) {
      throw new IgnoredMessageException("not from the responder of this IKE SA");
    }
    if (!header.response()) {
      request(now, from, message, octets, out);
    } else if (header.exchangeType() == ExchangeType.IKE_SA_INIT) {
      initAnswer(now, from, message, octets, out);
    } else {
      answer(now, from, message, octets, out);
    }
  }

  private void initAnswer(
      Moment now, UdpPath from, IkeMessage message, byte[] octets, List<IkeEffect> out)
      throws IgnoredMessageException, CryptoException {
    if (connecting.isEmpty()) {
      throw new IgnoredMessageException("IKE_SA_INIT is over");
    }
    Optional<InitResult> result = connecting.get().receive(now, from, message, octets, out);
    if (result.isPresent()) {
      Association halfOpen = new Association(now, settings, spiI, result.get(), random);
      associations.add(halfOpen);
      out.addAll(halfOpen.ask(now, new GsaAuthExchange(settings, result.get(), first)));
      if (state == State.CONNECTING) {
        state = State.AUTHENTICATING;
      }
    }
  }

  private void answer(
      Moment now, UdpPath from, IkeMessage message, byte[] octets, List<IkeEffect> out)
      throws IgnoredMessageException, SessionFailedException, CryptoException {
    IgnoredMessageException last = new IgnoredMessageException("nothing was asked");
    for (Association association : associations) {
      Optional<Opened> opened;
      try {
        opened = association.openAnswer(message, octets);
      } catch (IgnoredMessageException e) {
        last = e;
        continue;
      }
      if (opened.isEmpty()) {
        return;
      }
      keepOnly(association);
      List<IkeEffect> effects = association.answered(from, opened.get());
      if (establishedAt.isEmpty()) {
        established(now, out);
      }
      effects.stream().filter(this::isWanted).forEach(out::add);
      askNext(now, out);
      return;
    }
    throw last;
  }

  /** This one has the keys of whoever answered: the others were forged, or are not needed. */
  private void keepOnly(Association chosen) {
    associations.stream().filter(a -> a != chosen).forEach(Association::close);
    associations.removeIf(a -> a != chosen);
    connecting.ifPresent(Connecting::close);
    connecting = Optional.empty();
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
      Moment now, UdpPath from, IkeMessage message, byte[] octets, List<IkeEffect> out)
      throws IgnoredMessageException, SessionFailedException, CryptoException {
    if (associations.isEmpty()) {
      throw new IgnoredMessageException("request before there is an IKE SA");
    }
    Association association = associations.get(0);
    PeerRequests.Reply reply = association.request(now, from, message, octets);
    for (Octets response : reply.response()) {
      out.add(association.connection().reply(now, from, response.toByteArray()));
    }
    reply.effects().stream().filter(this::isWanted).forEach(out::add);
    if (reply.end().isPresent()) {
      throw reply.end().get();
    }
  }

  private void tick(Moment now, Association association, List<IkeEffect> out)
      throws SessionFailedException {
    try {
      out.addAll(association.tick(now));
    } catch (SessionFailedException e) {
      if (associations.size() == 1) {
        throw e;
      }
      associations.remove(association);
      association.close();
    }
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
    if (why.tell() != SessionFailedException.SILENT && associations.size() == 1) {
      try {
        out.addAll(associations.get(0).tell(now, why.tell()));
      } catch (CryptoException e) {
        detail += "; the peer could not be told: " + e.getMessage();
      }
    }
    CloseReason reason = state == State.CLOSING ? CloseReason.LOCAL : why.reason();
    destroy();
    out.add(new Closed(reason, detail));
  }
}
