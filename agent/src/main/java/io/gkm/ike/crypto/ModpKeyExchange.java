package io.gkm.ike.crypto;

import io.gkm.ike.wire.KeMethod;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.agreement.DHBasicAgreement;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.generators.DHBasicKeyPairGenerator;
import org.bouncycastle.crypto.params.DHKeyGenerationParameters;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.crypto.params.DHPrivateKeyParameters;
import org.bouncycastle.crypto.params.DHPublicKeyParameters;
import org.bouncycastle.util.BigIntegers;

/**
 * The 2048-bit MODP group (RFC 3526 section 3). Public value and shared secret are big-endian and
 * left-padded to the modulus' 256 octets. A peer's value must satisfy 1 &lt; y &lt; p-1 (RFC 6989)
 * and lie in the subgroup of the generator 2, as every honestly made one does.
 */
final class ModpKeyExchange extends KeyExchange {
  private static final DHParameters GROUP = DHStandardGroups.rfc3526_2048;
  private static final int OCTETS = 256;

  private DHPrivateKeyParameters privateKey;

  ModpKeyExchange(BigInteger privateValue) {
    this(new DHPrivateKeyParameters(privateValue, GROUP));
  }

  private ModpKeyExchange(DHPrivateKeyParameters privateKey) {
    super(KeMethod.MODP_2048);
    this.privateKey = privateKey;
  }

  static ModpKeyExchange fresh(SecureRandom random) {
    DHBasicKeyPairGenerator generator = new DHBasicKeyPairGenerator();
    generator.init(new DHKeyGenerationParameters(random, GROUP));
    return new ModpKeyExchange((DHPrivateKeyParameters) generator.generateKeyPair().getPrivate());
  }

  @Override
  public byte[] publicValue() {
    return BigIntegers.asUnsignedByteArray(
        OCTETS, GROUP.getG().modPow(open().getX(), GROUP.getP()));
  }

  @Override
  Secret agree(byte[] peerPublic) throws CryptoException {
    DHBasicAgreement agreement = new DHBasicAgreement();
    agreement.init(open());
    try { // the public key's constructor checks range and subgroup
      BigInteger y = new BigInteger(1, peerPublic);
      BigInteger shared = agreement.calculateAgreement(new DHPublicKeyParameters(y, GROUP));
      return Secret.wrap(BigIntegers.asUnsignedByteArray(OCTETS, shared));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw invalidPublicValue(e);
    }
  }

  /** Forgets the private value: the primitive's big integers cannot be zeroed. */
  @Override
  public void close() {
    privateKey = null;
  }

  private DHPrivateKeyParameters open() {
    if (privateKey == null) {
      throw new IllegalStateException("key exchange used after it was closed");
    }
    return privateKey;
  }
}
