package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.crypto.Prf;
import io.gkm.ike.crypto.PskAuth;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.crypto.SignedOctets;
import io.gkm.ike.wire.AuthMethod;
import io.gkm.ike.wire.AuthPayload;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * GSA_AUTH (RFC 9838 section 2.3.1): proves who we are, checks who the GCKS is, and asks for the
 * first group.
 *
 * <pre>
 *   SK{IDi, IDr, AUTH, IDg, [SAg], [N(GROUP_SENDER)], N(INITIAL_CONTACT)}
 *   SK{IDr, AUTH, GSA, KD, [N]}   registered
 *   SK{IDr, AUTH, N(error)}       not registered, the IKE SA is up
 *   SK{N(error)}                  no IKE SA
 * </pre>
 */
final class GsaAuthExchange implements ProtectedExchange {
  private final IkeSettings settings;
  private final InitResult init;
  private final GroupRegistration registration;

  /** Uses the keys in {@code init} without owning them. */
  GsaAuthExchange(IkeSettings settings, InitResult init, GroupRequest first) {
    this.settings = settings;
    this.init = init;
    this.registration = new GroupRegistration(first);
  }

  @Override
  public int exchangeType() {
    return ExchangeType.GSA_AUTH;
  }

  @Override
  public List<Payload> request() {
    IdPayload idi = new IdPayload(PayloadType.IDI, settings.localId());
    byte[] auth = PskAuth.authData(prf(), psk(), ourSignedOctets(idi));
    List<Payload> payloads = new ArrayList<>();
    payloads.add(idi);
    payloads.add(new IdPayload(PayloadType.IDR, settings.remoteId()));
    payloads.add(new AuthPayload(AuthMethod.SHARED_KEY_MIC, Octets.of(auth)));
    payloads.addAll(registration.payloads());
    payloads.add(NotifyPayload.of(NotifyType.INITIAL_CONTACT));
    return payloads;
  }

  @Override
  public List<IkeEffect> answered(IkeKeys keys, PayloadChain answer)
      throws SessionFailedException, WireException {
    authenticate(answer);
    return List.of(registration.answered(exchangeType(), keys, answer));
  }

  /** Returns only if the peer is the configured GCKS. Nothing else of the answer is looked at. */
  private void authenticate(PayloadChain answer) throws SessionFailedException, WireException {
    Optional<Identification> idr = answer.identification(PayloadType.IDR);
    Optional<AuthPayload> auth = answer.single(AuthPayload.class);
    if (idr.isEmpty() || auth.isEmpty()) {
      throw unauthenticated(answer);
    }
    if (!idr.get().equals(settings.remoteId())) {
      throw notTheGcks(
          "its identity is " + idr.get() + ", the configured one is " + settings.remoteId());
    }
    if (auth.get().method() != AuthMethod.SHARED_KEY_MIC) {
      throw notTheGcks(
          "it authenticates by "
              + AuthMethod.name(auth.get().method())
              + ", configured is a pre-shared key");
    }
    byte[] signed = theirSignedOctets(new IdPayload(PayloadType.IDR, idr.get()));
    try {
      PskAuth.verify(prf(), psk(), signed, auth.get().data().toByteArray());
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

  private Secret psk() {
    // PreSharedKey is the only kind of Authentication so far.
    return ((PreSharedKey) settings.authentication()).secret();
  }
}
