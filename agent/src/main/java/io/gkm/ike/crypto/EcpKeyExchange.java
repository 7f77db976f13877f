package io.gkm.ike.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * ECP groups (RFC 5903, RFC 6954): a public value is x | y, each as long as the field and without a
 * point format octet; the shared secret is the x coordinate alone, padded to the field's length.
 */
final class EcpKeyExchange extends KeyExchange {
  private static final byte UNCOMPRESSED = 4;

  private ECPrivateKeyParameters privateKey;

  EcpKeyExchange(EcpGroup group, BigInteger privateValue) {
    this(group, new ECPrivateKeyParameters(privateValue, group.domain()));
  }

  private EcpKeyExchange(EcpGroup group, ECPrivateKeyParameters privateKey) {
    super(group.method());
    this.privateKey = privateKey;
  }

  static EcpKeyExchange fresh(EcpGroup group, SecureRandom random) {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(group.domain(), random));
    return new EcpKeyExchange(
        group, (ECPrivateKeyParameters) generator.generateKeyPair().getPrivate());
  }

  @Override
  public byte[] publicValue() {
    ECPrivateKeyParameters key = open();
    byte[] encoded = key.getParameters().getG().multiply(key.getD()).normalize().getEncoded(false);
    return Arrays.copyOfRange(encoded, 1, encoded.length);
  }

  @Override
  Secret agree(byte[] peerPublic) throws CryptoException {
    ECPrivateKeyParameters key = open();
    byte[] encoded = new byte[1 + peerPublic.length];
    encoded[0] = UNCOMPRESSED;
    System.arraycopy(peerPublic, 0, encoded, 1, peerPublic.length);
    ECDHBasicAgreement agreement = new ECDHBasicAgreement();
    agreement.init(key);
    try {
      ECPoint point = key.getParameters().getCurve().decodePoint(encoded);
      BigInteger x =
          agreement.calculateAgreement(new ECPublicKeyParameters(point, key.getParameters()));
      return Secret.wrap(BigIntegers.asUnsignedByteArray(agreement.getFieldSize(), x));
    } catch (IllegalArgumentException | IllegalStateException e) { // not on the curve, or infinity
      throw invalidPublicValue(e);
    }
  }

  /** Forgets the private value: the primitive's big integers cannot be zeroed. */
  @Override
  public void close() {
    privateKey = null;
  }

  private ECPrivateKeyParameters open() {
    if (privateKey == null) {
      throw new IllegalStateException("key exchange used after it was closed");
    }
    return privateKey;
  }
}
