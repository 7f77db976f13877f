package io.gkm.ike.crypto;

import io.gkm.ike.crypto.SignatureAlgorithm.Kind;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Public keys for signatures: DER SubjectPublicKeyInfo (RFC 5280 section 4.1). */
final class SignatureKeys {
  /** RFC 8410 section 3. */
  static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

  /** RFC 8410 section 3. */
  static final ASN1ObjectIdentifier ED448 = new ASN1ObjectIdentifier("1.3.101.113");

  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 16384;
  private static final int MAX_RSA_EXPONENT_BITS = 64;
  private static final Set<ASN1ObjectIdentifier> CURVES =
      Set.of(
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);

  private SignatureKeys() {}

  /**
   * The key, for this algorithm.
   *
   * @throws CryptoException when it does not parse, is of another kind, or too weak
   */
  static PublicKey parse(byte[] spki, SignatureAlgorithm algorithm) throws CryptoException {
    try {
      SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(spki);
      if (!Arrays.equals(info.getEncoded("DER"), spki)) {
        throw new CryptoException("public key is not DER");
      }
      String factory = factory(info.getAlgorithm(), algorithm);
      PublicKey key = KeyFactory.getInstance(factory).generatePublic(new X509EncodedKeySpec(spki));
      if (key instanceof RSAPublicKey rsa) {
        checkSize(rsa);
      }
      return key;
    } catch (IOException | RuntimeException | GeneralSecurityException e) {
      // Bouncy Castle's ASN.1 classes throw several kinds of RuntimeException at bad input.
      throw new CryptoException("public key does not parse", e);
    }
  }

  private static void checkSize(RSAPublicKey key) throws CryptoException {
    int bits = key.getModulus().bitLength();
    if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
      throw new CryptoException("RSA key of " + bits + " bits is not accepted");
    }
    // What one check costs is the sender's choice otherwise.
    if (key.getPublicExponent().bitLength() > MAX_RSA_EXPONENT_BITS) {
      throw new CryptoException("RSA key with a huge public exponent is not accepted");
    }
  }

  private static String factory(AlgorithmIdentifier of, SignatureAlgorithm algorithm)
      throws CryptoException {
    ASN1ObjectIdentifier oid = of.getAlgorithm();
    Kind kind = algorithm.kind();
    if (oid.equals(PKCSObjectIdentifiers.rsaEncryption)
        && (kind == Kind.RSA_PKCS1 || kind == Kind.RSA_PSS)) {
      return "RSA";
    }
    // A key for RSASSA-PSS only says with which parameters (RFC 9838 section 4.5.3.2).
    if (oid.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
        && kind == Kind.RSA_PSS
        && algorithm.equals(SignatureAlgorithm.parse(encoded(of)))) {
      return "RSASSA-PSS";
    }
    if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)
        && kind == Kind.ECDSA
        && CURVES.contains(of.getParameters())) {
      return "EC";
    }
    if (oid.equals(ED25519) && kind == Kind.ED25519) {
      return "Ed25519";
    }
    if (oid.equals(ED448) && kind == Kind.ED448) {
      return "Ed448";
    }
    throw new CryptoException("a key of kind " + oid.getId() + " is not one for " + algorithm);
  }

  private static byte[] encoded(AlgorithmIdentifier identifier) throws CryptoException {
    try {
      return identifier.getEncoded("DER");
    } catch (IOException e) {
      throw new CryptoException("AlgorithmIdentifier does not encode", e);
    }
  }
}
