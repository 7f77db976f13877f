package io.gkm.lab.controller;

import io.gkm.ike.IgnoredMessageException;
import io.gkm.ike.Moment;
import io.gkm.ike.Opened;
import io.gkm.ike.ProtectedSa;
import io.gkm.ike.Reassembler;
import io.gkm.ike.RetransmitPolicy;
import io.gkm.ike.Retransmitter;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The key server's own requests on an IKE SA: one at a time (window 1), message ids from 0, sent
 * again octet by octet until they are answered or given up (RFC 7296 sections 2.1 to 2.4).
 */
final class ServerRequests {
  /** Who learns what became of a request. */
  interface Outcome {
    /**
     * Called once.
     *
     * @param answer what the member answered; empty when it did not answer in time
     */
    void of(Moment now, Optional<PayloadChain> answer) throws WireException, CryptoException;
  }

  private record Request(int exchangeType, List<Payload> payloads, Outcome outcome) {}

  private record Outstanding(
      Request request, long id, List<byte[]> messages, Retransmitter retransmitter) {}

  private final ProtectedSa sa;
  private final Reassembler fragments = new Reassembler();
  private final Deque<Request> waiting = new ArrayDeque<>();
  private Optional<Outstanding> outstanding = Optional.empty();
  private long nextId;

  ServerRequests(ProtectedSa sa) {
    this.sa = sa;
  }

  /** Asks when all earlier requests are done; gives what is to be sent now. */
  List<byte[]> ask(Moment now, int exchangeType, List<Payload> payloads, Outcome outcome)
      throws CryptoException {
    waiting.add(new Request(exchangeType, payloads, outcome));
    return next(now);
  }

  /** Moves what was not sent yet to the IKE SA that replaces this one. */
  List<byte[]> moveTo(ServerRequests successor, Moment now) throws CryptoException {
    successor.waiting.addAll(waiting);
    waiting.clear();
    return successor.next(now);
  }

  /** Nothing is under way or waits. */
  boolean isIdle() {
    return outstanding.isEmpty() && waiting.isEmpty();
  }

  private List<byte[]> next(Moment now) throws CryptoException {
    if (outstanding.isPresent() || waiting.isEmpty()) {
      return List.of();
    }
    Request request = waiting.remove();
    List<byte[]> messages = sa.sealRequest(request.exchangeType(), nextId, request.payloads());
    Retransmitter retransmitter = new Retransmitter(RetransmitPolicy.STANDARD, now);
    outstanding = Optional.of(new Outstanding(request, nextId, messages, retransmitter));
    nextId++;
    fragments.clear();
    return messages;
  }

  /**
   * Takes a response of the member.
   *
   * @return the next request, if one waited
   * @throws IgnoredMessageException when it is not the awaited one
   * @throws WireException when it does not parse
   */
  List<byte[]> answered(Moment now, byte[] octets, IkeMessage message)
      throws IgnoredMessageException, WireException, CryptoException {
    IkeHeader header = message.header();
    if (outstanding.isEmpty()
        || header.messageId() != outstanding.get().id()
        || header.exchangeType() != outstanding.get().request().exchangeType()) {
      return List.of();
    }
    Optional<Opened> opened = sa.open(message, octets, fragments);
    if (opened.isEmpty()) {
      return List.of();
    }
    Outcome outcome = outstanding.get().request().outcome();
    outstanding = Optional.empty();
    outcome.of(now, Optional.of(opened.get().payloads()));
    return next(now);
  }

  /** What is to be sent again, or next after one that was given up. */
  List<byte[]> tick(Moment now) throws WireException, CryptoException {
    if (outstanding.isEmpty()) {
      return List.of();
    }
    Outstanding o = outstanding.get();
    return switch (o.retransmitter().due(now)) {
      case NOTHING -> List.of();
      case SEND_AGAIN -> o.messages();
      case GIVE_UP -> {
        outstanding = Optional.empty();
        o.request().outcome().of(now, Optional.empty());
        yield next(now);
      }
    };
  }

  Optional<Moment> deadline() {
    return outstanding.map(o -> o.retransmitter().deadline());
  }
}
