package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.SignatureAlgorithm;
import io.gkm.ike.wire.AuthMethod;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.SignatureAuthData;
import io.gkm.ike.wire.WireException;

/** The peer's AUTH payload of method 14, Digital Signature (RFC 7427 section 3). */
final class SignatureProof {
  private SignatureProof() {}

  /**
   * Returns only if the signature is right.
   *
   * @param spki the key it must have been made with, DER SubjectPublicKeyInfo
   * @throws CryptoException when it is not, or of an algorithm that we did not announce
   */
  static void verify(byte[] spki, byte[] signedOctets, AuthPayload auth) throws CryptoException {
    if (auth.method() != AuthMethod.DIGITAL_SIGNATURE) {
      throw new CryptoException(
          "it authenticates by " + AuthMethod.name(auth.method()) + ", configured is a signature");
    }
    SignatureAuthData data;
    try {
      data = SignatureAuthData.decode(auth.data());
    } catch (WireException e) {
      throw new CryptoException("signature in AUTH is malformed: " + e.getMessage(), e);
    }
    // Parsing refuses what was not announced: the two lists are one (see SignatureChoice).
    SignatureAlgorithm algorithm =
        SignatureAlgorithm.parse(data.algorithmIdentifier().toByteArray());
    try {
      algorithm.verify(spki, signedOctets, data.signature().toByteArray());
    } catch (CryptoException e) {
      throw new CryptoException(algorithm + " in AUTH: " + e.getMessage(), e);
    }
  }
}
