package io.gkm.ike.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.agreement.DHBasicAgreement;
import org.bouncycastle.crypto.generators.DHBasicKeyPairGenerator;
import org.bouncycastle.crypto.params.DHKeyGenerationParameters;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.crypto.params.DHPrivateKeyParameters;
import org.bouncycastle.crypto.params.DHPublicKeyParameters;
import org.bouncycastle.util.BigIntegers;

/**
 * MODP groups (RFC 3526). Public value and shared secret are big-endian and left-padded to the
 * modulus' octets. A peer's value must satisfy 1 &lt; y &lt; p-1 (RFC 6989) and lie in the subgroup
 * of the generator 2, as every honestly made one does.
 */
final class ModpKeyExchange extends KeyExchange {
  private final ModpGroup group;
  private DHPrivateKeyParameters privateKey;

  ModpKeyExchange(ModpGroup group, BigInteger privateValue) {
    this(group, new DHPrivateKeyParameters(privateValue, group.parameters()));
  }

  private ModpKeyExchange(ModpGroup group, DHPrivateKeyParameters privateKey) {
    super(group.method());
    this.group = group;
    this.privateKey = privateKey;
  }

  static ModpKeyExchange fresh(ModpGroup group, SecureRandom random) {
    DHBasicKeyPairGenerator generator = new DHBasicKeyPairGenerator();
    generator.init(new DHKeyGenerationParameters(random, group.parameters()));
    return new ModpKeyExchange(
        group, (DHPrivateKeyParameters) generator.generateKeyPair().getPrivate());
  }

  @Override
  public byte[] publicValue() {
    DHParameters parameters = group.parameters();
    return BigIntegers.asUnsignedByteArray(
        group.octets(), parameters.getG().modPow(open().getX(), parameters.getP()));
  }

  @Override
  Secret agree(byte[] peerPublic) throws CryptoException {
    DHBasicAgreement agreement = new DHBasicAgreement();
    agreement.init(open());
    try { // the public key's constructor checks range and subgroup
      BigInteger y = new BigInteger(1, peerPublic);
      BigInteger shared =
          agreement.calculateAgreement(new DHPublicKeyParameters(y, group.parameters()));
      return Secret.wrap(BigIntegers.asUnsignedByteArray(group.octets(), shared));
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
