package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.Prf;
import io.gkm.ike.crypto.PskAuth;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.AuthMethod;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.CertPayload;
import io.gkm.ike.wire.CertReqPayload;
import io.gkm.ike.wire.Octets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

/**
 * A side proves that it knows a secret: AUTH method 2, Shared Key Message Integrity Code (RFC 7296
 * section 2.15). Alone, both sides do it with the same one.
 *
 * @param secret stays the caller's: a session uses it without closing it
 */
public record PreSharedKey(Secret secret) implements Authentication, OwnCredential, PeerProof {
  /**
   * @throws IllegalArgumentException when the secret is empty
   */
  public PreSharedKey {
    if (secret.length() == 0) {
      throw new IllegalArgumentException("the pre-shared key is empty");
    }
  }

  @Override
  public OwnCredential own() {
    return this;
  }

  @Override
  public PeerProof peer() {
    return this;
  }

  @Override
  public boolean signs() {
    return false;
  }

  @Override
  public boolean usesSignatures() {
    return false;
  }

  @Override
  public List<CertPayload> certificates() {
    return List.of();
  }

  @Override
  public List<CertReqPayload> requests() {
    return List.of();
  }

  @Override
  public void requireUsable(Set<Integer> hashes) {
    // The hash is the IKE SA's PRF.
  }

  @Override
  public AuthPayload prove(Prf prf, byte[] signedOctets, Set<Integer> hashes, SecureRandom random) {
    return new AuthPayload(
        AuthMethod.SHARED_KEY_MIC, Octets.of(PskAuth.authData(prf, secret, signedOctets)));
  }

  @Override
  public List<Octets> verify(
      Prf prf, byte[] signedOctets, AuthPayload auth, List<CertPayload> certificates)
      throws CryptoException {
    if (auth.method() != AuthMethod.SHARED_KEY_MIC) {
      throw new CryptoException(
          "it authenticates by "
              + AuthMethod.name(auth.method())
              + ", configured is a pre-shared key");
    }
    PskAuth.verify(prf, secret, signedOctets, auth.data().toByteArray());
    return List.of();
  }
}
