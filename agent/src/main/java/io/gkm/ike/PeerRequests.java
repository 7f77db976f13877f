package io.gkm.ike;

import io.gkm.ike.PeerExchange.Verdict;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.WireException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The requests of the authenticated GCKS on our IKE SA: window 1, each acted upon once, its answer
 * kept and given again when it is asked for once more (RFC 7296 sections 2.1 to 2.3).
 *
 * <table>
 *   <caption>Answers</caption>
 *   <tr><td>INFORMATIONAL</td><td>see {@link PeerInformational}</td></tr>
 *   <tr><td>CREATE_CHILD_SA</td><td>see {@link PeerSaRekey}</td></tr>
 *   <tr><td>GSA_INBAND_REKEY</td><td>see {@link PeerInbandRekey}</td></tr>
 *   <tr><td>an unknown critical payload</td><td>N(UNSUPPORTED_CRITICAL_PAYLOAD)</td></tr>
 *   <tr><td>unparsable inside its ICV</td><td>N(INVALID_SYNTAX), and the end</td></tr>
 *   <tr><td>other exchanges</td><td>none: they are not a GCKS's to begin</td></tr>
 * </table>
 */
final class PeerRequests {
  /**
   * What a request leads to.
   *
   * @param response the message to send, or its fragments; nothing while fragments of the request
   *     are missing
   * @param repeated it was answered before, or is not complete
   * @param effects to carry out after the answer is sent
   * @param successor the IKE SA that replaces this one
   * @param end that the IKE SA is over after it
   */
  record Reply(
      List<Octets> response,
      boolean repeated,
      List<IkeEffect> effects,
      Optional<RekeyedSa> successor,
      Optional<SessionFailedException> end) {
    private static Reply again(List<Octets> response) {
      return new Reply(response, true, List.of(), Optional.empty(), Optional.empty());
    }
  }

  private final ProtectedSa sa;
  private final Map<Integer, PeerExchange> exchanges;
  private long expectedId;
  private final Reassembler fragments = new Reassembler();
  private List<Octets> lastResponse = List.of();

  /**
   * @param exchanges what the GCKS may begin, by exchange type
   */
  PeerRequests(ProtectedSa sa, Map<Integer, PeerExchange> exchanges) {
    this.sa = sa;
    this.exchanges = Map.copyOf(exchanges);
  }

  /**
   * Answers a request.
   *
   * @param octets {@code request} as received
   * @throws IgnoredMessageException when it is not authentic, out of turn, or not to be answered
   * @throws CryptoException when nothing can be sealed any more
   */
  Reply receive(Moment now, IkeMessage request, byte[] octets)
      throws IgnoredMessageException, CryptoException {
    IkeHeader header = request.header();
    if (!lastResponse.isEmpty() && header.messageId() == expectedId - 1) {
      boolean again = sa.asksAgain(request, octets);
      return Reply.again(again ? lastResponse : List.of());
    }
    if (header.messageId() != expectedId) {
      throw new IgnoredMessageException(
          "request has message id " + header.messageId() + ", expected is " + expectedId);
    }
    Optional<Opened> opened = sa.open(request, octets, fragments);
    if (opened.isEmpty()) {
      return Reply.again(List.of());
    }
    Verdict verdict = judge(now, header.exchangeType(), opened.get());
    lastResponse =
        sa.sealResponse(header.exchangeType(), expectedId, verdict.payloads()).stream()
            .map(Octets::of)
            .toList();
    expectedId++;
    return new Reply(lastResponse, false, verdict.effects(), verdict.successor(), verdict.end());
  }

  private Verdict judge(Moment now, int exchangeType, Opened opened)
      throws IgnoredMessageException, CryptoException {
    PeerExchange exchange = exchanges.get(exchangeType);
    if (exchange == null) {
      throw new IgnoredMessageException(
          ExchangeType.name(exchangeType) + " is not for a GCKS to begin");
    }
    try {
      return exchange.judge(now, sa.keys(), opened.payloads());
    } catch (WireException e) {
      return malformed(exchangeType, e);
    }
  }

  private static Verdict malformed(int exchangeType, WireException e) {
    Payload error = NotifyPayload.of(e.notifyType(), e.notifyData());
    if (e.notifyType() == NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD) {
      return Verdict.answer(error);
    }
    return Verdict.end(
        List.of(error),
        SessionFailedException.syntax(exchangeType, e, SessionFailedException.SILENT));
  }
}
