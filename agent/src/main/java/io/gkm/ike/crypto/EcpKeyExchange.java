package io.gkm.ike.crypto;

import io.gkm.ike.wire.KeMethod;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * ECP groups (RFC 5903): a public value is x | y, each as long as the field and without a point
 * format octet; the shared secret is the x coordinate alone, padded to the field's length.
 */
final class EcpKeyExchange extends KeyExchange {
  private static final byte UNCOMPRESSED = 4;

  private ECPrivateKeyParameters privateKey;

  EcpKeyExchange(int method, BigInteger privateValue) {
    this(method, new ECPrivateKeyParameters(privateValue, domain(method)));
  }

  private EcpKeyExchange(int method, ECPrivateKeyParameters privateKey) {
    super(method);
    this.privateKey = privateKey;
  }

  static EcpKeyExchange fresh(int method, SecureRandom random) {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(domain(method), random));
    return new EcpKeyExchange(
        method, (ECPrivateKeyParameters) generator.generateKeyPair().getPrivate());
  }

  private static ECDomainParameters domain(int method) {
    X9ECParameters curve =
        CustomNamedCurves.getByName(method == KeMethod.ECP_256 ? "secp256r1" : "secp384r1");
    return new ECDomainParameters(curve);
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
