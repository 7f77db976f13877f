package io.gkm.lab.controller;

import io.gkm.ike.CertificateCheck;
import io.gkm.ike.Moment;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.Prf;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.crypto.SignedOctets;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.CertPayload;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IdPayload;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a member does over its IKE SA: GSA_AUTH, GSA_REGISTRATION, INFORMATIONAL (RFC 9838 section
 * 2.3).
 */
final class MemberExchanges {
  private final ControllerSettings settings;
  private final Groups groups;
  private final InitResponder.Started started;
  private final Octets initRequest;
  private final Octets initResponse;
  private final SecureRandom random;
  private Optional<ControllerSettings.Member> member = Optional.empty();
  private IkeKeys current;

  MemberExchanges(
      ControllerSettings settings,
      Groups groups,
      InitResponder.Started started,
      Octets initRequest,
      Octets initResponse,
      SecureRandom random) {
    this.settings = settings;
    this.groups = groups;
    this.started = started;
    this.current = started.keys();
    this.initRequest = initRequest;
    this.initResponse = initResponse;
    this.random = random;
  }

  /** Who authenticated. */
  Optional<ControllerSettings.Member> member() {
    return member;
  }

  /**
   * Answers a request.
   *
   * @param keys of the IKE SA it came over, which a rekey may have made
   */
  ResponderSa.Reply handle(Moment now, IkeKeys keys, int exchangeType, PayloadChain request)
      throws WireException, CryptoException {
    current = keys;
    if (member.isEmpty()) {
      return exchangeType == ExchangeType.GSA_AUTH
          ? authenticate(now, request)
          : ResponderSa.Reply.closing(NotifyPayload.of(NotifyType.INVALID_SYNTAX));
    }
    return switch (exchangeType) {
      case ExchangeType.GSA_REGISTRATION -> registration(now, request);
      case ExchangeType.INFORMATIONAL -> informational(request);
      default -> ResponderSa.Reply.of(NotifyPayload.of(NotifyType.NO_ADDITIONAL_SAS));
    };
  }

  private ResponderSa.Reply authenticate(Moment now, PayloadChain request)
      throws WireException, CryptoException {
    Identification idi =
        request
            .identification(PayloadType.IDI)
            .orElseThrow(() -> new WireException("IDi", "is missing"));
    AuthPayload auth = request.required(AuthPayload.class);
    Optional<ControllerSettings.Member> claimed =
        settings.members().stream().filter(m -> m.id().equals(idi)).findFirst();
    boolean ours =
        request.identification(PayloadType.IDR).map(id -> id.equals(settings.id())).orElse(true);
    if (claimed.isEmpty() || !ours || !isAuthentic(claimed.get(), idi, auth, request)) {
      groups.log("refused %s: it is not who it says or is not known".formatted(idi));
      return ResponderSa.Reply.closing(NotifyPayload.of(NotifyType.AUTHENTICATION_FAILED));
    }
    member = claimed;
    List<Payload> payloads = new ArrayList<>();
    payloads.add(new IdPayload(PayloadType.IDR, settings.id()));
    payloads.addAll(claimed.get().authentication().own().certificates());
    payloads.add(ourAuth(claimed.get()));
    payloads.addAll(join(now, request));
    return new ResponderSa.Reply(payloads, false);
  }

  private ResponderSa.Reply registration(Moment now, PayloadChain request)
      throws WireException, CryptoException {
    Optional<NotifyPayload> leaving = request.firstError();
    if (leaving.isPresent()) {
      groups.leave(member.orElseThrow(), group(request), leaving.get().notifyType());
      return ResponderSa.Reply.of();
    }
    return new ResponderSa.Reply(join(now, request), false);
  }

  private ResponderSa.Reply informational(PayloadChain request) {
    boolean deleted =
        request.all(DeletePayload.class).stream().anyMatch(d -> d.protocolId() == ProtocolId.IKE);
    if (deleted) {
      groups.log("%s closed its IKE SA".formatted(member.orElseThrow().id()));
    }
    return new ResponderSa.Reply(List.of(), deleted);
  }

  /** The payloads for the group that a request names, or the notify that refuses it. */
  private List<Payload> join(Moment now, PayloadChain request)
      throws WireException, CryptoException {
    Optional<SaPayload> sag = request.single(SaPayload.class);
    Optional<NotifyPayload> sender = request.notification(NotifyType.GROUP_SENDER);
    long senderIds = 0;
    if (sender.isPresent()) {
      if (sender.get().data().size() != 4) {
        throw new WireException("GROUP_SENDER", "does not hold a number of 4 octets");
      }
      senderIds = Math.max(1, sender.get().data().toLong());
    }
    try (KeyWrap keyWrap = current.keyWrap()) {
      return groups.join(now, member.orElseThrow(), group(request), sag, senderIds, keyWrap);
    } catch (GroupRefusedException e) {
      groups.log("refused %s: %s".formatted(member.orElseThrow().id(), e.getMessage()));
      return List.of(NotifyPayload.of(e.notifyType()));
    }
  }

  private static Identification group(PayloadChain request) throws WireException {
    return request
        .identification(PayloadType.IDG)
        .orElseThrow(() -> new WireException("IDg", "is missing"));
  }

  private boolean isAuthentic(
      ControllerSettings.Member claimed,
      Identification idi,
      AuthPayload auth,
      PayloadChain request) {
    byte[] octets =
        signedOctets(
            initRequest,
            started.nonceR(),
            started.keys().skPi(),
            new IdPayload(PayloadType.IDI, idi));
    Optional<String> refusal;
    try {
      List<Octets> chain =
          claimed
              .authentication()
              .peer()
              .verify(prf(), octets, auth, request.all(CertPayload.class));
      refusal =
          chain.isEmpty()
              ? Optional.empty()
              : claimed.certificates().apply(new CertificateCheck(idi, chain));
    } catch (CryptoException e) {
      refusal = Optional.of(e.getMessage());
    }
    refusal.ifPresent(why -> groups.log("authentication of %s: %s".formatted(idi, why)));
    return refusal.isEmpty();
  }

  private AuthPayload ourAuth(ControllerSettings.Member peer) throws CryptoException {
    IdPayload idr = new IdPayload(PayloadType.IDR, settings.id());
    byte[] octets = signedOctets(initResponse, started.nonceI(), started.keys().skPr(), idr);
    return peer.authentication().own().prove(prf(), octets, started.signatureHashes(), random);
  }

  private byte[] signedOctets(Octets message, Octets nonce, Secret skP, IdPayload id) {
    byte[] macedId = SignedOctets.macedId(prf(), skP, id.body().toByteArray());
    return SignedOctets.of(message.toByteArray(), nonce.toByteArray(), macedId);
  }

  private Prf prf() {
    return started.choice().suite().prf();
  }
}
