package io.gkm.lab.controller;

import io.gkm.ike.IgnoredMessageException;
import io.gkm.ike.Moment;
import io.gkm.ike.Opened;
import io.gkm.ike.ProtectedSa;
import io.gkm.ike.Reassembler;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.util.List;
import java.util.Optional;

/**
 * The requests of a member on an IKE SA of the key server: opens them, in fragments or not, gives
 * each to its exchange once, answers a repeated one by the same octets (RFC 7296 section 2.1, RFC
 * 7383).
 */
final class ResponderSa {
  /** What the exchange above answers. */
  record Reply(List<Payload> payloads, boolean closes) {
    static Reply of(Payload... payloads) {
      return new Reply(List.of(payloads), false);
    }

    static Reply closing(Payload... payloads) {
      return new Reply(List.of(payloads), true);
    }
  }

  /** What handles the requests of this IKE SA. */
  interface Exchanges {
    Reply handle(Moment now, int exchangeType, PayloadChain request)
        throws WireException, CryptoException;
  }

  private final ProtectedSa sa;
  private final Reassembler fragments = new Reassembler();
  private long expectedId;
  private List<byte[]> lastResponse = List.of();
  private boolean closed;

  /**
   * @param firstId the message id of the member's first request under these keys: 1 after
   *     IKE_SA_INIT, 0 after the rekey of an IKE SA
   */
  ResponderSa(ProtectedSa sa, long firstId) {
    this.sa = sa;
    this.expectedId = firstId;
  }

  /** Whether the last answer was the end of the IKE SA. */
  boolean isClosed() {
    return closed;
  }

  /**
   * The response to a request where one is due, whole or in fragments.
   *
   * @throws IgnoredMessageException when the request was not sealed by the peer
   */
  List<byte[]> receive(Moment now, byte[] octets, IkeMessage request, Exchanges exchanges)
      throws IgnoredMessageException, CryptoException {
    IkeHeader header = request.header();
    if (closed) {
      return List.of();
    }
    if (header.messageId() == expectedId - 1 && !lastResponse.isEmpty()) {
      return sa.asksAgain(request, octets) ? lastResponse : List.of();
    }
    if (header.messageId() != expectedId) {
      return List.of();
    }
    Optional<Opened> opened = sa.open(request, octets, fragments);
    if (opened.isEmpty()) {
      return List.of();
    }
    Reply reply;
    try {
      reply = exchanges.handle(now, header.exchangeType(), opened.get().payloads());
    } catch (WireException e) {
      reply = Reply.of(NotifyPayload.of(e.notifyType(), e.notifyData()));
    }
    lastResponse = sa.sealResponse(header.exchangeType(), expectedId, reply.payloads());
    expectedId++;
    closed = reply.closes();
    return lastResponse;
  }
}
