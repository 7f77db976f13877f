package io.gkm.ike;

import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.Octets;
import java.util.List;
import java.util.Optional;

/**
 * The one request of ours that waits for its answer (window 1, RFC 7296 section 2.3). It is sent
 * again octet by octet: nothing is sealed twice under one message id.
 */
final class Pending {
  private record Request(
      int exchangeType, long messageId, List<Octets> messages, Retransmitter retransmitter) {}

  private final RetransmitPolicy policy;
  private final Connection connection;
  private final ClearErrors errors = new ClearErrors();
  private Optional<Request> request = Optional.empty();

  Pending(RetransmitPolicy policy, Connection connection) {
    this.policy = policy;
    this.connection = connection;
  }

  /**
   * Sends a request and waits for its answer from now on.
   *
   * @param messages the request whole, or its fragments
   */
  List<Send> send(Moment now, int exchangeType, long messageId, List<byte[]> messages) {
    errors.clear();
    Retransmitter retransmitter = new Retransmitter(policy, now);
    List<Octets> kept = messages.stream().map(Octets::of).toList();
    Request sent = new Request(exchangeType, messageId, kept, retransmitter);
    request = Optional.of(sent);
    return transmit(now, sent);
  }

  private List<Send> transmit(Moment now, Request sent) {
    return sent.messages().stream().map(m -> connection.send(now, m.toByteArray())).toList();
  }

  /** No answer is awaited. */
  boolean isEmpty() {
    return request.isEmpty();
  }

  /**
   * Checks that this is the header of the awaited answer.
   *
   * @throws IgnoredMessageException when it is not
   */
  void expect(IkeHeader header) throws IgnoredMessageException {
    if (request.isEmpty()) {
      throw new IgnoredMessageException("nothing was asked");
    }
    if (header.exchangeType() != request.get().exchangeType()
        || header.messageId() != request.get().messageId()) {
      throw new IgnoredMessageException("answer to something else than what was asked last");
    }
  }

  /** The answer is here. */
  void answered() {
    request = Optional.empty();
  }

  /** What was said without protection about the request. */
  ClearErrors errors() {
    return errors;
  }

  Optional<Moment> deadline() {
    return request.map(r -> r.retransmitter().deadline());
  }

  /**
   * The retransmission that is due, if one is: of all fragments.
   *
   * @throws SessionFailedException when it is time to give up
   */
  List<Send> tick(Moment now) throws SessionFailedException {
    if (request.isEmpty()) {
      return List.of();
    }
    return switch (request.get().retransmitter().due(now)) {
      case NOTHING -> List.of();
      case SEND_AGAIN -> transmit(now, request.get());
      case GIVE_UP -> throw errors.timeout(ExchangeType.name(request.get().exchangeType()), policy);
    };
  }
}
