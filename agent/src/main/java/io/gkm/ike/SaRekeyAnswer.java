package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.crypto.IkeSuite;
import io.gkm.ike.crypto.KeyExchange;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.KePayload;
import io.gkm.ike.wire.NoncePayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Our answer to a CREATE_CHILD_SA request of the peer (RFC 7296 section 1.3.2). Only the IKE SA can
 * be rekeyed: unicast Child SAs have no place beside groups (RFC 9838 section 2.3).
 *
 * @param payloads of the answer
 * @param made the new IKE SA, when there is one
 */
public record SaRekeyAnswer(List<Payload> payloads, Optional<RekeyedSa> made) {
  /** Keeps a copy of the list. */
  public SaRekeyAnswer {
    payloads = List.copyOf(payloads);
  }

  /** An answer that makes nothing. */
  public static SaRekeyAnswer refuse(int notifyType) {
    return new SaRekeyAnswer(List.of(NotifyPayload.of(notifyType)), Optional.empty());
  }

  /** Whether the peer asks for a rekey of the IKE SA, not for a Child SA. */
  public static boolean isSaRekey(PayloadChain request) throws WireException {
    List<Proposal> proposals = request.required(SaPayload.class).proposals();
    return proposals.stream().anyMatch(p -> p.protocolId() == ProtocolId.IKE);
  }

  /**
   * The answer.
   *
   * @param acceptable what we accept, without SPI
   * @param old keys of the IKE SA that is rekeyed
   * @throws WireException when the request is incomplete, or its public value or SPI impossible
   */
  public static SaRekeyAnswer of(
      List<Proposal> acceptable, IkeKeys old, PayloadChain request, SecureRandom random)
      throws WireException, CryptoException {
    if (!isSaRekey(request)) {
      return refuse(NotifyType.NO_ADDITIONAL_SAS);
    }
    SaPayload offer = request.required(SaPayload.class);
    Octets ni = request.required(NoncePayload.class).nonce();
    KePayload ke = request.required(KePayload.class);
    Optional<SuiteSelection> selection = SuiteSelection.of(acceptable, offer, ke.method());
    if (selection.isEmpty()) {
      return refuse(NotifyType.NO_PROPOSAL_CHOSEN);
    }
    IkeSuite suite = selection.get().suite();
    if (ke.method() != suite.keMethod()) {
      Octets wanted = Octets.ofU16(suite.keMethod());
      NotifyPayload other = NotifyPayload.of(NotifyType.INVALID_KE_PAYLOAD, wanted);
      return new SaRekeyAnswer(List.of(other), Optional.empty());
    }
    if (2 * ni.size() < suite.prf().keyLength()) {
      throw new WireException("Nonce", ni.size() + " octets are too few for the chosen PRF");
    }
    return make(selection.get(), old, ke, ni, random);
  }

  private static SaRekeyAnswer make(
      SuiteSelection selection, IkeKeys old, KePayload ke, Octets ni, SecureRandom random)
      throws WireException, CryptoException {
    IkeSuite suite = selection.suite();
    SaSpis spis = new SaSpis(SaSpis.spi(selection.chosen().spi()), SaSpis.fresh(random));
    byte[] nr = new byte[SaRekeyRequest.NONCE_OCTETS];
    random.nextBytes(nr);
    try (KeyExchange exchange = KeyExchange.generate(suite.keMethod(), random);
        Secret gir = agree(exchange, ke)) {
      IkeKeys keys =
          IkeKeys.rekey(old, suite, gir, ni.toByteArray(), nr, spis.initiator(), spis.responder());
      List<Payload> payloads =
          List.of(
              new SaPayload(List.of(selection.answer(SaSpis.octets(spis.responder())))),
              new NoncePayload(Octets.of(nr)),
              new KePayload(suite.keMethod(), Octets.of(exchange.publicValue())));
      Octets lower = RekeyedSa.lower(ni, Octets.of(nr));
      return new SaRekeyAnswer(payloads, Optional.of(new RekeyedSa(spis, false, keys, lower)));
    }
  }

  private static Secret agree(KeyExchange exchange, KePayload ke) throws WireException {
    try {
      return exchange.sharedSecret(ke.data().toByteArray());
    } catch (CryptoException e) {
      throw new WireException("Key Exchange", e.getMessage());
    }
  }
}
