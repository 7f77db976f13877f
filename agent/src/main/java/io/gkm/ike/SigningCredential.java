package io.gkm.ike;

import io.gkm.ike.crypto.Certificates;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.Prf;
import io.gkm.ike.crypto.SignatureAlgorithm;
import io.gkm.ike.crypto.SignatureChoice;
import io.gkm.ike.wire.AuthMethod;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.CertEncoding;
import io.gkm.ike.wire.CertPayload;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.SignatureAuthData;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

/**
 * We sign: AUTH method 14, Digital Signature (RFC 7427), with the key of a certificate or with one
 * that the peer knows by itself (RFC 7670).
 */
public final class SigningCredential implements OwnCredential {
  private final PrivateKey key;
  private final Octets publicKey;
  private final List<CertPayload> certificates;

  private SigningCredential(PrivateKey key, Octets publicKey, List<CertPayload> certificates)
      throws CryptoException {
    this.key = key;
    this.publicKey = publicKey;
    this.certificates = List.copyOf(certificates);
    SignatureChoice.usable(publicKey.toByteArray());
  }

  /**
   * The key of a certificate.
   *
   * @param chain DER: the key's certificate, then those that lead to an authority the peer trusts
   * @throws CryptoException when the key cannot sign, or a certificate does not parse
   */
  public static SigningCredential ofCertificates(PrivateKey key, List<Octets> chain)
      throws CryptoException {
    Octets spki =
        Octets.of(Certificates.parse(chain.get(0).toByteArray()).getPublicKey().getEncoded());
    return new SigningCredential(
        key,
        spki,
        chain.stream().map(c -> new CertPayload(CertEncoding.X509_SIGNATURE, c)).toList());
  }

  /**
   * A key without a certificate.
   *
   * @param spki its public key, DER SubjectPublicKeyInfo
   * @throws CryptoException when the key cannot sign
   */
  public static SigningCredential ofRawKey(PrivateKey key, Octets spki) throws CryptoException {
    return new SigningCredential(
        key, spki, List.of(new CertPayload(CertEncoding.RAW_PUBLIC_KEY, spki)));
  }

  /**
   * Signs and verifies something: whether the two keys are of one pair.
   *
   * @throws CryptoException when they are not
   */
  public void requirePair(SecureRandom random) throws CryptoException {
    byte[] challenge = new byte[32];
    random.nextBytes(challenge);
    SignatureAlgorithm algorithm =
        SignatureChoice.of(publicKey.toByteArray(), SignatureChoice.accepted());
    algorithm.verify(publicKey.toByteArray(), challenge, algorithm.sign(key, challenge, random));
  }

  @Override
  public boolean signs() {
    return true;
  }

  @Override
  public List<CertPayload> certificates() {
    return certificates;
  }

  @Override
  public void requireUsable(Set<Integer> hashes) throws CryptoException {
    SignatureChoice.of(publicKey.toByteArray(), hashes);
  }

  @Override
  public AuthPayload prove(Prf prf, byte[] signedOctets, Set<Integer> hashes, SecureRandom random)
      throws CryptoException {
    SignatureAlgorithm algorithm = SignatureChoice.of(publicKey.toByteArray(), hashes);
    Octets signature = Octets.of(algorithm.sign(key, signedOctets, random));
    return new AuthPayload(
        AuthMethod.DIGITAL_SIGNATURE,
        new SignatureAuthData(Octets.of(algorithm.encoded()), signature).encode());
  }

  /** Says nothing about the private key, which its own text might. */
  @Override
  public String toString() {
    return "SigningCredential[" + certificates.size() + " certificates]";
  }
}
