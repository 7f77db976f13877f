package io.gkm.ike;

import io.gkm.ike.InitAnswer.Accepted;
import io.gkm.ike.InitAnswer.AskAgain;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.crypto.IkeSuite;
import io.gkm.ike.crypto.KeyExchange;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.KeMethod;
import io.gkm.ike.wire.KePayload;
import io.gkm.ike.wire.NoncePayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * IKE_SA_INIT from the initiator's side (RFC 7296 sections 1.2, 2.6 and 2.7): one nonce and one SPI
 * for the whole exchange, one private value per key exchange method, and as many requests as
 * cookies and INVALID_KE_PAYLOAD make necessary, within bounds.
 *
 * <p>Nothing in the answers is authenticated yet, so an answer that does not fit is ignored.
 */
final class InitExchange implements AutoCloseable {
  /** Cookies taken in one exchange; a GCKS may change its secret meanwhile, but not for ever. */
  static final int MAX_COOKIES = 5;

  private static final int NONCE_OCTETS = 32;
  private static final int MAX_COOKIE_OCTETS = 64;

  private final IkeSettings settings;
  private final long spiI;
  private final SecureRandom random;
  private final NatDetector natDetector = new NatDetector();
  private final FragmentationSupport fragmentation;
  private final SignatureHashes signatureHashes;
  private final List<InitExtension> extensions;
  private final byte[] nonce = new byte[NONCE_OCTETS];
  private final Set<Integer> triedMethods = new HashSet<>();
  private KeyExchange keyExchange;
  private Optional<Octets> cookie = Optional.empty();
  private int cookies;
  private byte[] request;

  /**
   * Prepares the first request.
   *
   * @throws CryptoException when the first key exchange method offered is not supported
   */
  InitExchange(IkeSettings settings, long spiI, SecureRandom random) throws CryptoException {
    this.settings = settings;
    this.spiI = spiI;
    this.random = random;
    this.fragmentation = new FragmentationSupport(settings.options());
    this.signatureHashes = new SignatureHashes(settings.authentication());
    // First the one that may find the answer not acceptable.
    this.extensions = List.of(signatureHashes, natDetector, fragmentation);
    random.nextBytes(nonce);
    useMethod(IkeProposals.keyExchangeMethods(settings.proposals()).get(0));
    build();
  }

  /** The request to send, as an IKE message. */
  byte[] request() {
    return request;
  }

  /**
   * Reads an answer to {@link #request}.
   *
   * @param from the path it came over
   * @param message the answer, whose header is that of an answer in this exchange
   * @param octets the same as received
   * @param errors where an error goes that may be true, or forged
   * @throws IgnoredMessageException when it is not acceptable; nothing has changed then
   */
  InitAnswer receive(UdpPath from, IkeMessage message, byte[] octets, ClearErrors errors)
      throws IgnoredMessageException {
    PayloadChain answer = message.chain();
    try {
      List<NotifyPayload> cookieNotifies = answer.notifications(NotifyType.COOKIE);
      if (!cookieNotifies.isEmpty() && answer.first(SaPayload.class).isEmpty()) {
        return cookie(cookieNotifies);
      }
      Optional<NotifyPayload> error = answer.firstError();
      if (error.isPresent()) {
        return error(error.get(), errors);
      }
      return acceptOrNote(from, message, octets, errors);
    } catch (WireException | CryptoException e) {
      throw new IgnoredMessageException("IKE_SA_INIT answer", e);
    }
  }

  /**
   * Reads another answer to the same request, after one was accepted that may be forged.
   *
   * @throws IgnoredMessageException when it is not acceptable; nothing has changed then
   */
  InitResult another(UdpPath from, IkeMessage message, byte[] octets)
      throws IgnoredMessageException {
    if (message.chain().firstError().isPresent()) {
      throw new IgnoredMessageException("error without protection, after IKE_SA_INIT was answered");
    }
    try {
      return accept(from, message, octets).result();
    } catch (WireException | CryptoException e) {
      throw new IgnoredMessageException("IKE_SA_INIT answer", e);
    }
  }

  private InitAnswer cookie(List<NotifyPayload> notifies) throws IgnoredMessageException {
    Octets data = notifies.get(0).data();
    if (notifies.size() > 1 || data.isEmpty() || data.size() > MAX_COOKIE_OCTETS) {
      throw new IgnoredMessageException("COOKIE must be one, of 1 to 64 octets");
    }
    if (cookie.isPresent() && cookie.get().equals(data)) {
      throw new IgnoredMessageException("COOKIE is in use already");
    }
    if (cookies == MAX_COOKIES) {
      throw new IgnoredMessageException("COOKIE asked for more than " + MAX_COOKIES + " times");
    }
    cookies++;
    cookie = Optional.of(data);
    build();
    return new AskAgain();
  }

  private InitAnswer error(NotifyPayload error, ClearErrors errors)
      throws IgnoredMessageException, CryptoException {
    if (error.notifyType() != NotifyType.INVALID_KE_PAYLOAD) {
      errors.note(error.notifyType());
      throw new IgnoredMessageException(
          ErrorNotify.describe(error.notifyType()) + " without protection is only a hint");
    }
    if (error.data().size() != Short.BYTES) {
      throw new IgnoredMessageException(
          "INVALID_KE_PAYLOAD has " + error.data().size() + " octets, not 2");
    }
    int method = (int) error.data().toLong();
    if (!IkeProposals.keyExchangeMethods(settings.proposals()).contains(method)) {
      errors.note(error.notifyType());
      throw new IgnoredMessageException(
          "INVALID_KE_PAYLOAD asks for " + KeMethod.name(method) + ", which was not offered");
    }
    if (triedMethods.contains(method)) {
      throw new IgnoredMessageException(
          "INVALID_KE_PAYLOAD asks for " + KeMethod.name(method) + ", which was sent already");
    }
    useMethod(method);
    build();
    return new AskAgain();
  }

  private Accepted acceptOrNote(UdpPath from, IkeMessage message, byte[] octets, ClearErrors errors)
      throws IgnoredMessageException, WireException, CryptoException {
    try {
      return accept(from, message, octets);
    } catch (IgnoredMessageException e) {
      errors.noteUnacceptable(e.getMessage());
      throw e;
    }
  }

  private Accepted accept(UdpPath from, IkeMessage message, byte[] octets)
      throws IgnoredMessageException, WireException, CryptoException {
    PayloadChain answer = message.chain();
    SaPayload sa = answer.required(SaPayload.class);
    KePayload ke = answer.required(KePayload.class);
    byte[] nr = answer.required(NoncePayload.class).nonce().toByteArray();
    long spiR = message.header().spiR();
    if (spiR == 0) {
      throw new IgnoredMessageException("responder's SPI is 0");
    }
    IkeSuite suite = SelectedSuite.of(settings.proposals(), sa, 0);
    if (ke.method() != suite.keMethod() || ke.method() != keyExchange.method()) {
      throw new IgnoredMessageException(
          "KE payload is of "
              + KeMethod.name(ke.method())
              + ", chosen is "
              + KeMethod.name(suite.keMethod())
              + ", ours was "
              + KeMethod.name(keyExchange.method()));
    }
    if (2 * nr.length < suite.prf().keyLength()) {
      throw new IgnoredMessageException("nonce of " + nr.length + " octets is too short");
    }
    IkeKeys keys;
    try (Secret gir = keyExchange.sharedSecret(ke.data().toByteArray())) {
      keys = IkeKeys.derive(suite, gir, nonce, nr, spiI, spiR);
    }
    try {
      for (InitExtension extension : extensions) {
        extension.accepted(spiI, spiR, from, answer);
      }
    } catch (IgnoredMessageException e) {
      keys.close();
      throw e;
    }
    return new Accepted(
        new InitResult(
            Octets.of(request),
            Octets.of(octets),
            Octets.of(nonce),
            Octets.of(nr),
            spiR,
            keys,
            natDetector.status(),
            fragmentation.agreed(),
            signatureHashes.announced()));
  }

  private void useMethod(int method) throws CryptoException {
    KeyExchange fresh = KeyExchange.generate(method, random);
    close();
    keyExchange = fresh;
    triedMethods.add(method);
  }

  private void build() {
    List<Payload> payloads = new ArrayList<>();
    cookie.ifPresent(c -> payloads.add(NotifyPayload.of(NotifyType.COOKIE, c)));
    payloads.add(new SaPayload(settings.proposals()));
    payloads.add(new KePayload(keyExchange.method(), Octets.of(keyExchange.publicValue())));
    payloads.add(new NoncePayload(Octets.of(nonce)));
    extensions.forEach(e -> payloads.addAll(e.offer(spiI, settings.firstPath())));
    IkeHeader header = IkeHeader.of(spiI, 0, ExchangeType.IKE_SA_INIT, true, false, 0);
    request = new IkeMessage(header, payloads).encode();
  }

  /** Wipes the private value. */
  @Override
  public void close() {
    if (keyExchange != null) {
      keyExchange.close();
    }
  }
}
