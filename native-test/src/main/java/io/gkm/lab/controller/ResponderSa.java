package io.gkm.lab.controller;

import io.gkm.ike.Moment;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.crypto.SkCipher;
import io.gkm.ike.wire.EncryptedPayload;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * An IKE SA of the key server: opens requests, gives each to its exchange once, answers a repeated
 * one by the same octets (RFC 7296 section 2.1).
 */
final class ResponderSa implements AutoCloseable {
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

  private static final int SK_HEADER = 4;

  private final long spiI;
  private final long spiR;
  private final IkeKeys keys;
  private final SkCipher opener;
  private final SkCipher sealer;
  private long expectedId = 1;
  private byte[] lastResponse = new byte[0];
  private boolean closed;

  ResponderSa(InitResponder.Started started, SecureRandom random) throws CryptoException {
    this.spiI = started.spiI();
    this.spiR = started.spiR();
    this.keys = started.keys();
    this.opener = keys.initiatorCipher(random);
    this.sealer = keys.responderCipher(random);
  }

  IkeKeys keys() {
    return keys;
  }

  long spiI() {
    return spiI;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * The response to a request, where one is due.
   *
   * @throws CryptoException when the request was not sealed by the peer: it is to be ignored
   */
  Optional<byte[]> receive(Moment now, byte[] octets, IkeMessage request, Exchanges exchanges)
      throws CryptoException {
    IkeHeader header = request.header();
    List<Payload> payloads = request.payloads();
    if (closed || payloads.isEmpty()) {
      return Optional.empty();
    }
    if (!(payloads.get(payloads.size() - 1) instanceof EncryptedPayload sk)) {
      return Optional.empty();
    }
    byte[] inner = opener.open(octets, octets.length - SK_HEADER - sk.body().size());
    if (header.messageId() == expectedId - 1 && lastResponse.length > 0) {
      return Optional.of(lastResponse);
    }
    if (header.messageId() != expectedId) {
      return Optional.empty();
    }
    Reply reply;
    try {
      PayloadChain chain = PayloadChain.decode(sk.firstInnerType(), inner, 0);
      reply = exchanges.handle(now, header.exchangeType(), chain);
    } catch (WireException e) {
      reply = Reply.of(NotifyPayload.of(e.notifyType(), e.notifyData()));
    }
    lastResponse = seal(header, reply.payloads());
    expectedId++;
    closed = reply.closes();
    return Optional.of(lastResponse);
  }

  private byte[] seal(IkeHeader request, List<Payload> payloads) throws CryptoException {
    IkeHeader header =
        IkeHeader.of(spiI, spiR, request.exchangeType(), false, true, request.messageId());
    PayloadChain chain = new PayloadChain(payloads);
    byte[] prefix =
        new IkeMessage(header, List.of(new EncryptedPayload(chain.firstType(), 0, Octets.EMPTY)))
            .encode();
    return sealer.seal(prefix, IkeHeader.LENGTH, chain.encode());
  }

  @Override
  public void close() {
    closed = true;
    keys.close();
  }
}
