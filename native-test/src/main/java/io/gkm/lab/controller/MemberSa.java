package io.gkm.lab.controller;

import io.gkm.ike.IgnoredMessageException;
import io.gkm.ike.Moment;
import io.gkm.ike.ProtectedSa;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.WireException;
import java.util.List;
import java.util.Optional;

/** A member's IKE SA at the key server: its requests, ours, and where the member was last seen. */
final class MemberSa implements AutoCloseable {
  private final Octets initRequest;
  private final Octets initResponse;
  private final MemberExchanges exchanges;
  private final ProtectedSa sa;
  private final ResponderSa theirs;
  private final ServerRequests ours;
  private UdpPath path;

  /**
   * A new IKE SA, not yet authenticated; owns {@code sa}.
   *
   * @param path where IKE_SA_INIT came from
   */
  MemberSa(
      UdpPath path,
      Octets initRequest,
      Octets initResponse,
      MemberExchanges exchanges,
      ProtectedSa sa) {
    this.path = path;
    this.initRequest = initRequest;
    this.initResponse = initResponse;
    this.exchanges = exchanges;
    this.sa = sa;
    this.theirs = new ResponderSa(sa, 1);
    this.ours = new ServerRequests(sa);
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

  /** The key wrap of this IKE SA for keys in a KD payload; the caller closes it. */
  KeyWrap keyWrap() throws CryptoException {
    return sa.keys().keyWrap();
  }

  boolean isFor(IkeHeader header) {
    return sa.isOfPeer(header);
  }

  boolean isClosed() {
    return theirs.isClosed();
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
    return datagrams(ours.ask(now, exchangeType, payloads, outcome));
  }

  /** Takes a message of the member; gives what is to be sent. */
  List<Datagram> receive(Moment now, UdpPath from, byte[] octets, IkeMessage message)
      throws WireException, IgnoredMessageException, CryptoException {
    if (message.header().response()) {
      return datagrams(ours.answered(now, octets, message));
    }
    List<byte[]> answer = theirs.receive(now, octets, message, exchanges);
    if (!answer.isEmpty()) {
      path = from;
    }
    return datagrams(answer);
  }

  /** What is to be sent again. */
  List<Datagram> tick(Moment now) throws WireException, CryptoException {
    return datagrams(ours.tick(now));
  }

  Optional<Moment> deadline() {
    return ours.deadline();
  }

  private List<Datagram> datagrams(List<byte[]> messages) {
    return messages.stream().map(m -> Framing.datagram(path, m)).toList();
  }

  /** Zeroes the keys. */
  @Override
  public void close() {
    sa.close();
  }
}
