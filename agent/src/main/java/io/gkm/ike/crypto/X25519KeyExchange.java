package io.gkm.ike.crypto;

import io.gkm.ike.wire.KeMethod;
import java.security.SecureRandom;
import org.bouncycastle.crypto.agreement.X25519Agreement;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/** Curve25519 (RFC 8031): the function X25519 of RFC 7748; an all-zero result is refused. */
final class X25519KeyExchange extends KeyExchange {
  static final int OCTETS = 32;

  private final Secret privateKey;

  X25519KeyExchange(Secret privateKey) {
    super(KeMethod.CURVE25519);
    this.privateKey = privateKey;
  }

  static X25519KeyExchange fresh(SecureRandom random) {
    return new X25519KeyExchange(Secret.wrap(new X25519PrivateKeyParameters(random).getEncoded()));
  }

  @Override
  public byte[] publicValue() {
    return parameters().generatePublicKey().getEncoded();
  }

  @Override
  Secret agree(byte[] peerPublic) throws CryptoException {
    X25519Agreement agreement = new X25519Agreement();
    agreement.init(parameters());
    byte[] shared = new byte[agreement.getAgreementSize()];
    try {
      agreement.calculateAgreement(new X25519PublicKeyParameters(peerPublic), shared, 0);
    } catch (IllegalStateException e) { // how the primitive reports an all-zero result
      throw invalidPublicValue(e);
    }
    return Secret.wrap(shared);
  }

  @Override
  public void close() {
    privateKey.close();
  }

  private X25519PrivateKeyParameters parameters() {
    return new X25519PrivateKeyParameters(privateKey.bytes());
  }
}
