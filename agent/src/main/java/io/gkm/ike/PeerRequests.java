package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.WireException;
import java.util.List;
import java.util.Optional;

/**
 * The requests of the authenticated GCKS on our IKE SA: window 1, each acted upon once, its answer
 * kept and given again when it is asked for once more (RFC 7296 sections 2.1 to 2.3).
 *
 * <table>
 *   <caption>Answers</caption>
 *   <tr><td>INFORMATIONAL</td><td>empty; with a Delete of the IKE SA that is the end</td></tr>
 *   <tr><td>CREATE_CHILD_SA</td><td>N(NO_ADDITIONAL_SAS): not supported</td></tr>
 *   <tr><td>GSA_INBAND_REKEY</td><td>N(NO_PROPOSAL_CHOSEN): not supported</td></tr>
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
   * @param end that the IKE SA is over after it
   */
  record Reply(List<Octets> response, boolean repeated, Optional<SessionFailedException> end) {}

  private record Verdict(List<Payload> payloads, Optional<SessionFailedException> end) {
    static Verdict answer(Payload... payloads) {
      return new Verdict(List.of(payloads), Optional.empty());
    }
  }

  private final ProtectedSa sa;
  private long expectedId;
  private final Reassembler fragments = new Reassembler();
  private List<Octets> lastResponse = List.of();

  PeerRequests(ProtectedSa sa) {
    this.sa = sa;
  }

  /**
   * Answers a request.
   *
   * @param octets {@code request} as received
   * @throws IgnoredMessageException when it is not authentic, out of turn, or not to be answered
   * @throws CryptoException when nothing can be sealed any more
   */
  Reply receive(IkeMessage request, byte[] octets) throws IgnoredMessageException, CryptoException {
    IkeHeader header = request.header();
    if (!lastResponse.isEmpty() && header.messageId() == expectedId - 1) {
      boolean again = sa.asksAgain(request, octets);
      return new Reply(again ? lastResponse : List.of(), true, Optional.empty());
    }
    if (header.messageId() != expectedId) {
      throw new IgnoredMessageException(
          "request has message id " + header.messageId() + ", expected is " + expectedId);
    }
    Optional<Opened> opened = sa.open(request, octets, fragments);
    if (opened.isEmpty()) {
      return new Reply(List.of(), true, Optional.empty());
    }
    Verdict verdict = judge(header.exchangeType(), opened.get());
    lastResponse =
        sa.sealResponse(header.exchangeType(), expectedId, verdict.payloads()).stream()
            .map(Octets::of)
            .toList();
    expectedId++;
    return new Reply(lastResponse, false, verdict.end());
  }

  private static Verdict judge(int exchangeType, Opened opened) throws IgnoredMessageException {
    PayloadChain payloads;
    try {
      payloads = opened.payloads();
    } catch (WireException e) {
      return malformed(exchangeType, e);
    }
    return switch (exchangeType) {
      case ExchangeType.INFORMATIONAL -> informational(payloads);
      case ExchangeType.CREATE_CHILD_SA ->
          Verdict.answer(NotifyPayload.of(NotifyType.NO_ADDITIONAL_SAS));
      case ExchangeType.GSA_INBAND_REKEY ->
          Verdict.answer(NotifyPayload.of(NotifyType.NO_PROPOSAL_CHOSEN));
      default ->
          throw new IgnoredMessageException(
              ExchangeType.name(exchangeType) + " is not for a GCKS to begin");
    };
  }

  private static Verdict malformed(int exchangeType, WireException e) {
    Payload error = NotifyPayload.of(e.notifyType(), e.notifyData());
    if (e.notifyType() == NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD) {
      return Verdict.answer(error);
    }
    SessionFailedException end =
        SessionFailedException.syntax(exchangeType, e, SessionFailedException.SILENT);
    return new Verdict(List.of(error), Optional.of(end));
  }

  private static Verdict informational(PayloadChain payloads) {
    boolean deleted =
        payloads.all(DeletePayload.class).stream().anyMatch(d -> d.protocolId() == ProtocolId.IKE);
    return new Verdict(
        List.of(),
        deleted
            ? Optional.of(
                new SessionFailedException(
                    CloseReason.DELETED_BY_PEER, "the GCKS deleted the IKE SA"))
            : Optional.empty());
  }
}
