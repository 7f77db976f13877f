package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.Prf;
import io.gkm.ike.crypto.SignatureChoice;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.CertEncoding;
import io.gkm.ike.wire.CertPayload;
import io.gkm.ike.wire.CertReqPayload;
import io.gkm.ike.wire.Octets;
import java.util.List;

/**
 * The peer signs with this very key; certificates play no part (RFC 7670). What it calls itself
 * must still be the configured identity.
 *
 * @param spki DER SubjectPublicKeyInfo
 */
public record RawPublicKey(Octets spki) implements PeerProof {
  /**
   * A key that is known to work.
   *
   * @throws CryptoException when no signature of it is accepted
   */
  public static RawPublicKey of(Octets spki) throws CryptoException {
    SignatureChoice.usable(spki.toByteArray());
    return new RawPublicKey(spki);
  }

  @Override
  public boolean signs() {
    return true;
  }

  @Override
  public List<CertReqPayload> requests() {
    return List.of(new CertReqPayload(CertEncoding.RAW_PUBLIC_KEY, Octets.EMPTY));
  }

  @Override
  public List<Octets> verify(
      Prf prf, byte[] signedOctets, AuthPayload auth, List<CertPayload> certificates)
      throws CryptoException {
    for (CertPayload certificate : certificates) {
      if (certificate.encoding() == CertEncoding.RAW_PUBLIC_KEY
          && !certificate.data().equals(spki)) {
        throw new CryptoException("it shows another public key than the configured one");
      }
    }
    SignatureProof.verify(spki.toByteArray(), signedOctets, auth);
    return List.of();
  }
}
