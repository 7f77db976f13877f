package io.gkm.lab.controller;

import io.gkm.ike.IgnoredMessageException;
import io.gkm.ike.Moment;
import io.gkm.ike.SaSpis;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A member's IKE SA at the key server, through all its rekeys: its requests, ours, and where the
 * member was last seen.
 */
final class MemberSa implements AutoCloseable {
  private final Octets initRequest;
  private final Octets initResponse;
  private final MemberExchanges exchanges;
  private final SaGenerations generations;
  private UdpPath path;
  private boolean closed;

  /**
   * A new IKE SA, not yet authenticated.
   *
   * @param path where IKE_SA_INIT came from
   * @param generations owned from here on
   */
  MemberSa(
      UdpPath path,
      Octets initRequest,
      Octets initResponse,
      MemberExchanges exchanges,
      SaGenerations generations) {
    this.path = path;
    this.initRequest = initRequest;
    this.initResponse = initResponse;
    this.exchanges = exchanges;
    this.generations = generations;
  }

  /** The answer to IKE_SA_INIT, if this is the request that began this IKE SA. */
  Optional<byte[]> initAnswer(byte[] request) {
    return initRequest.equals(Octets.of(request))
        ? Optional.of(initResponse.toByteArray())
        : Optional.empty();
  }

  /** Who authenticated. */
  Optional<ControllerSettings.Member> member() {
    return exchanges.member();
  }

  /** The key wrap of the current IKE SA for keys in a KD payload; the caller closes it. */
  KeyWrap keyWrap() throws CryptoException {
    return generations.current().sa().keys().keyWrap();
  }

  /** The SPIs of the current IKE SA. */
  SaSpis spis() {
    return generations.current().sa().spis();
  }

  boolean isFor(IkeHeader header) {
    return generations.find(header).isPresent();
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Sends a request of the key server, such as GSA_INBAND_REKEY, when earlier ones are done.
   *
   * @param outcome learns of the answer
   * @return what is to be sent now
   */
  List<Datagram> ask(
      Moment now, int exchangeType, List<Payload> payloads, ServerRequests.Outcome outcome)
      throws CryptoException {
    return datagrams(generations.current().ours().ask(now, exchangeType, payloads, outcome));
  }

  /** Rekeys the IKE SA. */
  List<Datagram> rekey(Moment now) throws CryptoException {
    return datagrams(generations.rekey(now));
  }

  /** Sees whether the member is alive; who does not answer is forgotten. */
  List<Datagram> checkLiveness(Moment now) throws CryptoException {
    return ask(
        now,
        ExchangeType.INFORMATIONAL,
        List.of(),
        (then, answer) -> closed = closed || answer.isEmpty());
  }

  /** Tells the member to authenticate anew within so many seconds (RFC 4478). */
  List<Datagram> authLifetime(Moment now, long seconds) throws CryptoException {
    NotifyPayload notify = NotifyPayload.of(NotifyType.AUTH_LIFETIME, Octets.ofU32(seconds));
    return ask(now, ExchangeType.INFORMATIONAL, List.of(notify), (then, answer) -> {});
  }

  /** Deletes the IKE SA. */
  List<Datagram> delete(Moment now) throws CryptoException {
    return ask(
        now,
        ExchangeType.INFORMATIONAL,
        List.of(DeletePayload.ikeSa()),
        (then, answer) -> closed = true);
  }

  /** Takes a message of the member; gives what is to be sent. */
  List<Datagram> receive(Moment now, UdpPath from, byte[] octets, IkeMessage message)
      throws WireException, IgnoredMessageException, CryptoException {
    SaEnd end = generations.find(message.header()).orElseThrow();
    List<byte[]> out = new ArrayList<>();
    if (message.header().response()) {
      out.addAll(end.ours().answered(now, octets, message));
    } else {
      out.addAll(
          end.theirs()
              .receive(
                  now, octets, message, (then, type, request) -> handle(then, end, type, request)));
      if (!out.isEmpty()) {
        path = from;
      }
      if (end.theirs().isClosed() && !generations.deleted(now, end)) {
        closed = true;
      }
    }
    out.addAll(generations.takeToSend());
    return datagrams(out);
  }

  private ResponderSa.Reply handle(Moment now, SaEnd end, int exchangeType, PayloadChain request)
      throws WireException, CryptoException {
    if (exchangeType == ExchangeType.CREATE_CHILD_SA && exchanges.member().isPresent()) {
      return generations.asked(now, end, request);
    }
    return exchanges.handle(now, end.sa().keys(), exchangeType, request);
  }

  /** What is to be sent again. */
  List<Datagram> tick(Moment now) throws WireException, CryptoException {
    List<byte[]> out = new ArrayList<>();
    for (SaEnd end : generations.all()) {
      out.addAll(end.ours().tick(now));
    }
    out.addAll(generations.takeToSend());
    return datagrams(out);
  }

  Optional<Moment> deadline() {
    return generations.all().stream()
        .flatMap(end -> end.ours().deadline().stream())
        .min(Moment::compareTo);
  }

  private List<Datagram> datagrams(List<byte[]> messages) {
    return messages.stream().map(m -> Framing.datagram(path, m)).toList();
  }

  /** Zeroes the keys. */
  @Override
  public void close() {
    generations.close();
  }
}
