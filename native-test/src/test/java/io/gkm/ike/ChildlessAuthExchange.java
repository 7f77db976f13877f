package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IdPayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Childless IKE_AUTH (RFC 6023) for peers that know no groups: GSA_AUTH's authentication as it is,
 * without what is about the group. It is here, among the tests, because a member never does that.
 *
 * <p>GSA_AUTH's answer needs something about the group: a refusal is put into the peer's answer, so
 * the IKE SA that results is an authenticated one without a group.
 */
final class ChildlessAuthExchange implements ProtectedExchange {
  private final GsaAuthExchange auth;

  private ChildlessAuthExchange(GsaAuthExchange auth) {
    this.auth = auth;
  }

  static ChildlessAuthExchange of(IkeSettings settings, InitResult init, SecureRandom random) {
    GroupRequest none = new GroupRequest(settings.remoteId(), Optional.empty(), 0);
    return new ChildlessAuthExchange(new GsaAuthExchange(settings, init, none, random));
  }

  @Override
  public int exchangeType() {
    return ExchangeType.IKE_AUTH;
  }

  @Override
  public List<Payload> request() throws CryptoException {
    List<Payload> payloads = new ArrayList<>(auth.request());
    payloads.removeIf(p -> p instanceof IdPayload id && id.type() == PayloadType.IDG);
    return payloads;
  }

  @Override
  public List<IkeEffect> answered(IkeKeys keys, PayloadChain answer)
      throws SessionFailedException, WireException {
    List<Payload> payloads = new ArrayList<>(answer.payloads());
    payloads.add(NotifyPayload.of(NotifyType.INVALID_GROUP_ID));
    return auth.answered(keys, new PayloadChain(payloads));
  }

  @Override
  public Optional<CertificateCheck> awaited() {
    return auth.awaited();
  }

  @Override
  public List<IkeEffect> checked(IkeKeys keys, Optional<String> refusal)
      throws SessionFailedException, WireException {
    return auth.checked(keys, refusal);
  }
}
