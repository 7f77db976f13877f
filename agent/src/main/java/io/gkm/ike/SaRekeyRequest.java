package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.crypto.IkeSuite;
import io.gkm.ike.crypto.KeyExchange;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.KeMethod;
import io.gkm.ike.wire.KePayload;
import io.gkm.ike.wire.NoncePayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Our request to rekey the IKE SA (RFC 7296 sections 1.3.2 and 2.18): a new SPI, nonce and key
 * exchange, and all proposals once more, key wrap algorithms among them (RFC 9838 section 2.2).
 *
 * <pre>
 *   SK{SA, Ni, KEi}  -&gt;  SK{SA, Nr, KEr} or SK{N(error)}
 * </pre>
 */
public final class SaRekeyRequest implements AutoCloseable {
  /** Octets of the nonces we make. */
  static final int NONCE_OCTETS = 32;

  private final List<Proposal> proposals;
  private final KeyExchange keyExchange;
  private final long spi;
  private final byte[] nonce = new byte[NONCE_OCTETS];

  /**
   * Makes SPI, nonce and private value.
   *
   * @param proposals without SPI, as in IKE_SA_INIT
   * @param method one of the key exchange methods in them
   * @throws CryptoException when the method is not supported
   */
  public SaRekeyRequest(List<Proposal> proposals, int method, SecureRandom random)
      throws CryptoException {
    this.keyExchange = KeyExchange.generate(method, random);
    this.spi = SaSpis.fresh(random);
    this.proposals =
        proposals.stream()
            .map(p -> new Proposal(p.number(), p.protocolId(), SaSpis.octets(spi), p.transforms()))
            .toList();
    random.nextBytes(nonce);
  }

  /** The payloads of the request. */
  public List<Payload> payloads() {
    return List.of(
        new SaPayload(proposals),
        new NoncePayload(Octets.of(nonce)),
        new KePayload(keyExchange.method(), Octets.of(keyExchange.publicValue())));
  }

  /**
   * Reads the authenticated answer.
   *
   * @param old keys of the IKE SA that is rekeyed
   * @throws WireException when it holds neither an error nor SA, Nr and KEr
   * @throws IgnoredMessageException when it chooses what was not offered
   * @throws CryptoException when the peer's public value is not valid
   */
  public SaRekeyOutcome answered(IkeKeys old, PayloadChain answer)
      throws WireException, IgnoredMessageException, CryptoException {
    Optional<NotifyPayload> error = answer.firstError();
    if (error.isPresent()) {
      return refused(error.get());
    }
    SaPayload sa = answer.required(SaPayload.class);
    KePayload ke = answer.required(KePayload.class);
    Octets nr = answer.required(NoncePayload.class).nonce();
    IkeSuite suite = SelectedSuite.of(proposals, sa, Long.BYTES);
    long spiR = SaSpis.spi(sa.proposals().get(0).spi());
    if (spiR == 0) {
      throw new IgnoredMessageException("the new responder SPI is 0");
    }
    if (ke.method() != suite.keMethod() || ke.method() != keyExchange.method()) {
      throw new IgnoredMessageException(
          "KE payload is of " + KeMethod.name(ke.method()) + ", not what was chosen and sent");
    }
    if (2 * nr.size() < suite.prf().keyLength()) {
      throw new IgnoredMessageException("nonce of " + nr.size() + " octets is too short");
    }
    SaSpis spis = new SaSpis(spi, spiR);
    try (Secret gir = keyExchange.sharedSecret(ke.data().toByteArray())) {
      IkeKeys keys = IkeKeys.rekey(old, suite, gir, nonce, nr.toByteArray(), spi, spiR);
      Octets lower = RekeyedSa.lower(Octets.of(nonce), nr);
      return new SaRekeyOutcome.Made(new RekeyedSa(spis, true, keys, lower));
    }
  }

  private SaRekeyOutcome refused(NotifyPayload error) {
    if (error.notifyType() == NotifyType.INVALID_KE_PAYLOAD && error.data().size() == Short.BYTES) {
      int method = (int) error.data().toLong();
      if (method != keyExchange.method()
          && IkeProposals.keyExchangeMethods(proposals).contains(method)) {
        return new SaRekeyOutcome.OtherMethod(method);
      }
    }
    return new SaRekeyOutcome.Refused(error.notifyType());
  }

  /** Wipes the private value. */
  @Override
  public void close() {
    keyExchange.close();
  }
}
