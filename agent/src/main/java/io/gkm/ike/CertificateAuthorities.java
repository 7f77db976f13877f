package io.gkm.ike;

import io.gkm.ike.crypto.Certificates;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.Prf;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.CertEncoding;
import io.gkm.ike.wire.CertPayload;
import io.gkm.ike.wire.CertReqPayload;
import io.gkm.ike.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * The peer signs with the key of a certificate that leads to one of these authorities. Here only
 * the signature is verified; whether the certificate may be trusted is another's to say, see {@link
 * CertificateCheck}.
 *
 * @param publicKeys of the authorities, DER SubjectPublicKeyInfo
 */
public record CertificateAuthorities(List<Octets> publicKeys) implements PeerProof {
  /** Certificates taken of one peer: the key's, and those that lead to an authority. */
  static final int MAX_CERTIFICATES = 10;

  /**
   * @throws IllegalArgumentException when there is none: then nobody could be trusted
   */
  public CertificateAuthorities {
    publicKeys = List.copyOf(publicKeys);
    if (publicKeys.isEmpty()) {
      throw new IllegalArgumentException("no certification authority to trust");
    }
  }

  @Override
  public boolean signs() {
    return true;
  }

  @Override
  public List<CertReqPayload> requests() {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    publicKeys.forEach(key -> names.writeBytes(Certificates.authorityName(key.toByteArray())));
    return List.of(new CertReqPayload(CertEncoding.X509_SIGNATURE, Octets.of(names.toByteArray())));
  }

  @Override
  public List<Octets> verify(
      Prf prf, byte[] signedOctets, AuthPayload auth, List<CertPayload> certificates)
      throws CryptoException {
    if (certificates.isEmpty() || certificates.get(0).encoding() != CertEncoding.X509_SIGNATURE) {
      throw new CryptoException("it sent no X.509 certificate");
    }
    if (certificates.size() > MAX_CERTIFICATES) {
      throw new CryptoException(
          "it sent " + certificates.size() + " certificates, more than " + MAX_CERTIFICATES);
    }
    byte[] first = certificates.get(0).data().toByteArray();
    byte[] spki = Certificates.parse(first).getPublicKey().getEncoded();
    SignatureProof.verify(spki, signedOctets, auth);
    return certificates.stream()
        .filter(c -> c.encoding() == CertEncoding.X509_SIGNATURE)
        .map(CertPayload::data)
        .toList();
  }
}
