package io.gkm.ike.crypto;

import io.gkm.ike.wire.KeMethod;
import java.security.SecureRandom;
import org.bouncycastle.crypto.agreement.X448Agreement;
import org.bouncycastle.crypto.params.X448PrivateKeyParameters;
import org.bouncycastle.crypto.params.X448PublicKeyParameters;

/** Curve448 (RFC 8031): the function X448 of RFC 7748; an all-zero result is refused. */
final class X448KeyExchange extends KeyExchange {
  static final int OCTETS = 56;

  private final Secret privateKey;

  X448KeyExchange(Secret privateKey) {
    super(KeMethod.CURVE448);
    this.privateKey = privateKey;
  }

  static X448KeyExchange fresh(SecureRandom random) {
    return new X448KeyExchange(Secret.wrap(new X448PrivateKeyParameters(random).getEncoded()));
  }

  @Override
  public byte[] publicValue() {
    return parameters().generatePublicKey().getEncoded();
  }

  @Override
  Secret agree(byte[] peerPublic) throws CryptoException {
    X448Agreement agreement = new X448Agreement();
    agreement.init(parameters());
    byte[] shared = new byte[agreement.getAgreementSize()];
    try {
      agreement.calculateAgreement(new X448PublicKeyParameters(peerPublic), shared, 0);
    } catch (IllegalStateException e) { // how the primitive reports an all-zero result
      throw invalidPublicValue(e);
    }
    return Secret.wrap(shared);
  }

  @Override
  public void close() {
    privateKey.close();
  }

  private X448PrivateKeyParameters parameters() {
    return new X448PrivateKeyParameters(privateKey.bytes());
  }
}
