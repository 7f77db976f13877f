package io.gkm.ike;

import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The way to an authenticated IKE SA: IKE_SA_INIT, and GSA_AUTH with everybody who answered it
 * acceptably, until one of them answers with the keys (RFC 7296 section 2.4).
 */
final class Handshake implements AutoCloseable {
  /** The one that has the keys, and what it answered. */
  record Answered(Association association, Opened answer) {}

  private final IkeSettings settings;
  private final Function<InitResult, ProtectedExchange> authentication;
  private final SecureRandom random;
  private final long spiI;
  private final Connecting connecting;
  private final List<Association> halfOpen = new ArrayList<>();

  /**
   * Makes nonce and first key share.
   *
   * @param authentication the exchange that follows IKE_SA_INIT: GSA_AUTH
   */
  Handshake(
      IkeSettings settings,
      Function<InitResult, ProtectedExchange> authentication,
      long spiI,
      SecureRandom random)
      throws CryptoException {
    this.settings = settings;
    this.authentication = authentication;
    this.spiI = spiI;
    this.random = random;
    this.connecting = new Connecting(settings, spiI, random);
  }

  List<Send> start(Moment now) {
    return connecting.ask(now);
  }

  /** IKE_SA_INIT was answered acceptably at least once. */
  boolean isAuthenticating() {
    return !halfOpen.isEmpty();
  }

  /** The first one that answered IKE_SA_INIT. */
  Optional<Association> candidate() {
    return halfOpen.stream().findFirst();
  }

  /**
   * Takes an answer to IKE_SA_INIT.
   *
   * @param octets {@code message} as received
   */
  List<IkeEffect> init(Moment now, UdpPath from, IkeMessage message, byte[] octets)
      throws IgnoredMessageException, CryptoException {
    expectResponder(message.header());
    List<IkeEffect> out = new ArrayList<>();
    Optional<InitResult> result = connecting.receive(now, from, message, octets, out);
    if (result.isPresent()) {
      Association association = new Association(now, settings, spiI, result.get(), random);
      halfOpen.add(association);
      out.addAll(association.ask(now, authentication.apply(result.get())));
    }
    return out;
  }

  /**
   * Takes an answer to GSA_AUTH.
   *
   * @return who has the keys, which is the receiver's from now on; nothing while fragments are
   *     missing
   * @throws IgnoredMessageException when nobody has
   */
  Optional<Answered> authAnswer(IkeMessage message, byte[] octets) throws IgnoredMessageException {
    expectResponder(message.header());
    IgnoredMessageException last = new IgnoredMessageException("nothing was asked");
    for (Association association : List.copyOf(halfOpen)) {
      try {
        Optional<Opened> opened = association.openAnswer(message, octets);
        if (opened.isPresent()) {
          // The others were forged, or are not needed.
          halfOpen.remove(association);
          close();
        }
        return opened.map(o -> new Answered(association, o));
      } catch (IgnoredMessageException e) {
        last = e;
      }
    }
    throw last;
  }

  private void expectResponder(IkeHeader header) throws IgnoredMessageException {
    boolean init = header.exchangeType() == ExchangeType.IKE_SA_INIT;
    if (header.spiI() != spiI || header.initiator() || !header.response()) {
      throw new IgnoredMessageException(
          init ? "not an answer to our IKE_SA_INIT" : "no IKE SA is authenticated yet");
    }
  }

  /** The datagrams that are due. */
  List<Send> tick(Moment now) throws SessionFailedException {
    List<Send> out = new ArrayList<>(connecting.tick(now));
    for (Association association : List.copyOf(halfOpen)) {
      try {
        out.addAll(association.tick(now));
      } catch (SessionFailedException e) {
        if (halfOpen.size() == 1) {
          throw e;
        }
        halfOpen.remove(association);
        association.close();
      }
    }
    return out;
  }

  Optional<Moment> deadline() {
    return Stream.concat(
            connecting.deadline().stream(), halfOpen.stream().flatMap(a -> a.deadline().stream()))
        .min(Moment::compareTo);
  }

  /** Wipes all keys. */
  @Override
  public void close() {
    connecting.close();
    halfOpen.forEach(Association::close);
    halfOpen.clear();
  }
}
