package io.gkm.lab.controller;

import io.gkm.ike.SignatureHashes;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.crypto.KeyExchange;
import io.gkm.ike.crypto.NatDetection;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.crypto.SignatureChoice;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.KePayload;
import io.gkm.ike.wire.NoncePayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.WireException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The responder's side of IKE_SA_INIT (RFC 7296 section 1.2). */
final class InitResponder {
  private static final int NONCE = 32;

  private final ControllerSettings settings;
  private final SecureRandom random;
  private final Cookies cookies;

  InitResponder(ControllerSettings settings, SecureRandom random) {
    this.settings = settings;
    this.random = random;
    this.cookies = new Cookies(random);
  }

  /**
   * The answer to a first request.
   *
   * @param message the message to send
   * @param started what the answer promises, where it promises a new IKE SA
   */
  record Answer(Octets message, Optional<Started> started) {}

  /**
   * The material of a new IKE SA.
   *
   * @param fragmentation both ends support IKE fragmentation
   * @param signatureHashes what the member announced
   */
  record Started(
      SuiteChoice choice,
      IkeKeys keys,
      long spiI,
      long spiR,
      Octets nonceI,
      Octets nonceR,
      boolean fragmentation,
      Set<Integer> signatureHashes) {}

  Answer answer(UdpPath path, IkeMessage request) throws WireException, CryptoException {
    PayloadChain chain = request.chain();
    long spiI = request.header().spiI();
    SaPayload offer = chain.required(SaPayload.class);
    KePayload ke = chain.required(KePayload.class);
    Octets nonce = chain.required(NoncePayload.class).nonce();
    Octets cookie = cookies.of(path, spiI, nonce);
    if (settings.cookie()
        && chain.notification(NotifyType.COOKIE).filter(n -> n.data().equals(cookie)).isEmpty()) {
      return refusal(spiI, NotifyPayload.of(NotifyType.COOKIE, cookie));
    }
    Optional<SuiteChoice> choice = SuiteChoice.of(offer, settings.keyExchange());
    if (choice.isEmpty()) {
      return refusal(spiI, NotifyPayload.of(NotifyType.NO_PROPOSAL_CHOSEN));
    }
    int method = choice.get().suite().keMethod();
    if (ke.method() != method) {
      return refusal(spiI, NotifyPayload.of(NotifyType.INVALID_KE_PAYLOAD, Octets.ofU16(method)));
    }
    return accept(path, spiI, choice.get(), chain, nonce);
  }

  private Answer accept(
      UdpPath path, long spiI, SuiteChoice choice, PayloadChain request, Octets nonceI)
      throws WireException, CryptoException {
    KePayload ke = request.required(KePayload.class);
    boolean fragmentation =
        request.notification(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED).isPresent();
    byte[] nonceR = new byte[NONCE];
    random.nextBytes(nonceR);
    long spiR = newSpi();
    byte[] publicValue;
    IkeKeys keys;
    try (KeyExchange exchange = KeyExchange.generate(ke.method(), random);
        Secret shared = exchange.sharedSecret(ke.data().toByteArray())) {
      publicValue = exchange.publicValue();
      keys = IkeKeys.derive(choice.suite(), shared, nonceI.toByteArray(), nonceR, spiI, spiR);
    }
    List<Payload> payloads =
        new ArrayList<>(
            List.of(
                new SaPayload(List.of(choice.answer())),
                new KePayload(ke.method(), Octets.of(publicValue)),
                new NoncePayload(Octets.of(nonceR)),
                natDetection(NotifyType.NAT_DETECTION_SOURCE_IP, spiI, spiR, path.local()),
                natDetection(NotifyType.NAT_DETECTION_DESTINATION_IP, spiI, spiR, path.remote())));
    if (fragmentation) {
      payloads.add(NotifyPayload.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED));
    }
    if (settings.usesSignatures()) {
      payloads.add(SignatureHashes.announcement(SignatureChoice.accepted()));
    }
    Started started =
        new Started(
            choice,
            keys,
            spiI,
            spiR,
            nonceI,
            Octets.of(nonceR),
            fragmentation,
            SignatureHashes.read(request));
    return new Answer(message(spiI, spiR, payloads), Optional.of(started));
  }

  private static NotifyPayload natDetection(int type, long spiI, long spiR, InetSocketAddress end) {
    return NotifyPayload.of(
        type, Octets.of(NatDetection.hash(spiI, spiR, end.getAddress(), end.getPort())));
  }

  private static Answer refusal(long spiI, NotifyPayload notify) {
    return new Answer(message(spiI, 0, List.of(notify)), Optional.empty());
  }

  private static Octets message(long spiI, long spiR, List<Payload> payloads) {
    IkeHeader header = IkeHeader.of(spiI, spiR, ExchangeType.IKE_SA_INIT, false, true, 0);
    return Octets.of(new IkeMessage(header, payloads).encode());
  }

  private long newSpi() {
    long spi = random.nextLong();
    return spi == 0 ? 1 : spi;
  }
}
