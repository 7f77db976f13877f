package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.crypto.Prf;
import io.gkm.ike.crypto.SignedOctets;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.CertPayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IdPayload;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * GSA_AUTH (RFC 9838 section 2.3.1): proves who we are, checks who the GCKS is, and asks for the
 * first group. How each side proves it is {@link Authentication}'s.
 *
 * <pre>
 *   SK{IDi, [CERT], [CERTREQ], IDr, AUTH, IDg, [SAg], [N(GROUP_SENDER)], N(INITIAL_CONTACT)}
 *   SK{IDr, [CERT], AUTH, GSA, KD, [N]}   registered
 *   SK{IDr, [CERT], AUTH, N(error)}       not registered, the IKE SA is up
 *   SK{N(error)}                          no IKE SA
 * </pre>
 */
final class GsaAuthExchange implements ProtectedExchange {
  private final IkeSettings settings;
  private final InitResult init;
  private final GroupRegistration registration;
  private final SecureRandom random;
  private Optional<CertificateCheck> awaited = Optional.empty();
  private Optional<PayloadChain> held = Optional.empty();

  /** Uses the keys in {@code init} without owning them. */
  GsaAuthExchange(IkeSettings settings, InitResult init, GroupRequest first, SecureRandom random) {
    this.settings = settings;
    this.init = init;
    this.registration = new GroupRegistration(first);
    this.random = random;
  }

  @Override
  public int exchangeType() {
    return ExchangeType.GSA_AUTH;
  }

  @Override
  public List<Payload> request() throws CryptoException {
    OwnCredential own = settings.authentication().own();
    IdPayload idi = new IdPayload(PayloadType.IDI, settings.localId());
    List<Payload> payloads = new ArrayList<>();
    payloads.add(idi);
    payloads.addAll(own.certificates());
    payloads.addAll(settings.authentication().peer().requests());
    payloads.add(new IdPayload(PayloadType.IDR, settings.remoteId()));
    payloads.add(own.prove(prf(), ourSignedOctets(idi), init.signatureHashes(), random));
    payloads.addAll(registration.payloads());
    payloads.add(NotifyPayload.of(NotifyType.INITIAL_CONTACT));
    return payloads;
  }

  @Override
  public List<IkeEffect> answered(IkeKeys keys, PayloadChain answer)
      throws SessionFailedException, WireException {
    List<Octets> chain = authenticate(answer);
    if (chain.isEmpty()) {
      return List.of(registration.answered(exchangeType(), keys, answer));
    }
    CertificateCheck check = new CertificateCheck(settings.remoteId(), chain);
    awaited = Optional.of(check);
    held = Optional.of(answer);
    return List.of(new IkeEffect.CheckCertificates(check));
  }

  @Override
  public Optional<CertificateCheck> awaited() {
    return awaited;
  }

  @Override
  public List<IkeEffect> checked(IkeKeys keys, Optional<String> refusal)
      throws SessionFailedException, WireException {
    PayloadChain answer = held.orElseThrow();
    awaited = Optional.empty();
    held = Optional.empty();
    if (refusal.isPresent()) {
      throw notTheGcks(refusal.get());
    }
    return List.of(registration.answered(exchangeType(), keys, answer));
  }

  /**
   * Returns only if the peer is the configured GCKS, as far as can be told here. Nothing else of
   * the answer is looked at.
   *
   * @return the certificates on which that rests
   */
  private List<Octets> authenticate(PayloadChain answer)
      throws SessionFailedException, WireException {
    Optional<Identification> idr = answer.identification(PayloadType.IDR);
    Optional<AuthPayload> auth = answer.single(AuthPayload.class);
    if (idr.isEmpty() || auth.isEmpty()) {
      throw unauthenticated(answer);
    }
    if (!idr.get().equals(settings.remoteId())) {
      throw notTheGcks(
          "its identity is " + idr.get() + ", the configured one is " + settings.remoteId());
    }
    byte[] signed = theirSignedOctets(new IdPayload(PayloadType.IDR, idr.get()));
    try {
      return settings
          .authentication()
          .peer()
          .verify(prf(), signed, auth.get(), answer.all(CertPayload.class));
    } catch (CryptoException e) {
      throw notTheGcks(e.getMessage());
    }
  }

  /** An answer that authenticates nobody: the GCKS's refusal, or nonsense. */
  private SessionFailedException unauthenticated(PayloadChain answer) {
    Optional<NotifyPayload> error = answer.firstError();
    return error.isPresent()
        ? ErrorNotify.failure(exchangeType(), error.get().notifyType())
        : notTheGcks("its answer has no IDr and AUTH payloads, nor an error");
  }

  private static SessionFailedException notTheGcks(String why) {
    return new SessionFailedException(
        CloseReason.PEER_NOT_AUTHENTICATED,
        "the peer is not the configured GCKS: " + why,
        NotifyType.AUTHENTICATION_FAILED);
  }

  private byte[] ourSignedOctets(IdPayload idi) {
    byte[] macedId = SignedOctets.macedId(prf(), init.keys().skPi(), idi.body().toByteArray());
    return SignedOctets.of(
        init.request().toByteArray(), init.responderNonce().toByteArray(), macedId);
  }

  private byte[] theirSignedOctets(IdPayload idr) {
    byte[] macedId = SignedOctets.macedId(prf(), init.keys().skPr(), idr.body().toByteArray());
    return SignedOctets.of(
        init.response().toByteArray(), init.initiatorNonce().toByteArray(), macedId);
  }

  private Prf prf() {
    return init.keys().suite().prf();
  }
}
