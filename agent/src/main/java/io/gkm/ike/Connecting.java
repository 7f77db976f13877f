package io.gkm.ike;

import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.InitAnswer.Accepted;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * IKE_SA_INIT on the wire: sends the exchange's requests and collects acceptable answers. The first
 * one may be forged, so others are taken too until one peer proves itself in GSA_AUTH (RFC 7296
 * section 2.4).
 */
final class Connecting implements AutoCloseable {
  /** Answers that are taken. */
  static final int MAX_ANSWERS = 4;

  private final UdpPath path;
  private final InitExchange exchange;
  private final Pending pending;
  private final List<Octets> accepted = new ArrayList<>();

  /**
   * Makes nonce and first key share.
   *
   * @throws CryptoException when the first key exchange method offered is not supported
   */
  Connecting(IkeSettings settings, long spiI, SecureRandom random) throws CryptoException {
    this.path = settings.firstPath();
    this.exchange = new InitExchange(settings, spiI, random);
    this.pending = new Pending(settings.retransmit(), new Connection(path));
  }

  /** The request as it is now, from now on waiting for its answer. */
  List<Send> ask(Moment now) {
    return pending.send(now, ExchangeType.IKE_SA_INIT, 0, List.of(exchange.request()));
  }

  /**
   * Takes an answer.
   *
   * @param from the path it came over
   * @param octets {@code message} as received
   * @param out where another request goes, if the answer makes one necessary
   * @return what an acceptable answer leads to
   * @throws IgnoredMessageException when it is not acceptable
   */
  Optional<InitResult> receive(
      Moment now, UdpPath from, IkeMessage message, byte[] octets, List<IkeEffect> out)
      throws IgnoredMessageException {
    if (!from.equals(path)) {
      throw new IgnoredMessageException("IKE_SA_INIT was not sent over " + from);
    }
    if (message.header().messageId() != 0) {
      throw new IgnoredMessageException("IKE_SA_INIT has message id 0");
    }
    if (accepted.size() == MAX_ANSWERS || accepted.contains(Octets.of(octets))) {
      throw new IgnoredMessageException("IKE_SA_INIT was answered before");
    }
    if (accepted.isEmpty()) {
      InitAnswer answer = exchange.receive(from, message, octets, pending.errors());
      if (!(answer instanceof Accepted first)) {
        out.addAll(ask(now));
        return Optional.empty();
      }
      pending.answered();
      accepted.add(Octets.of(octets));
      return Optional.of(first.result());
    }
    InitResult another = exchange.another(from, message, octets);
    accepted.add(Octets.of(octets));
    return Optional.of(another);
  }

  /** The retransmission that is due. */
  List<Send> tick(Moment now) throws SessionFailedException {
    return pending.tick(now);
  }

  Optional<Moment> deadline() {
    return pending.deadline();
  }

  /** Wipes the private value; nothing is awaited any more. */
  @Override
  public void close() {
    exchange.close();
    pending.answered();
  }
}
