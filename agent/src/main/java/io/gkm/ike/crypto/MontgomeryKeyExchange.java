package io.gkm.ike.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.RawAgreement;

/**
 * Curve25519 and Curve448 (RFC 8031): the functions X25519 and X448 of RFC 7748; an all-zero result
 * is refused.
 */
final class MontgomeryKeyExchange extends KeyExchange {
  private final MontgomeryCurve curve;
  private final Secret privateKey;

  MontgomeryKeyExchange(MontgomeryCurve curve, Secret privateKey) {
    super(curve.method());
    this.curve = curve;
    this.privateKey = privateKey;
  }

  static MontgomeryKeyExchange fresh(MontgomeryCurve curve, SecureRandom random) {
    return new MontgomeryKeyExchange(curve, Secret.wrap(curve.newPrivateValue(random)));
  }

  @Override
  public byte[] publicValue() {
    return curve.publicValue(privateKey.bytes());
  }

  @Override
  Secret agree(byte[] peerPublic) throws CryptoException {
    RawAgreement agreement = curve.newAgreement();
    agreement.init(curve.privateKey(privateKey.bytes()));
    byte[] shared = new byte[agreement.getAgreementSize()];
    try {
      agreement.calculateAgreement(curve.publicKey(peerPublic), shared, 0);
    } catch (IllegalStateException e) { // how the primitive reports an all-zero result
      throw invalidPublicValue(e);
    }
    return Secret.wrap(shared);
  }

  @Override
  public void close() {
    privateKey.close();
  }
}
