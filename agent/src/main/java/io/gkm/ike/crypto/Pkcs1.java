package io.gkm.ike.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;

/**
 * Checks RSASSA-PKCS1-v1_5 signatures by making the one right encoding and comparing (RFC 8017
 * section 8.2.2). Nothing of what the signer encoded is parsed, which others have been fooled by
 * (CVE-2006-4339 and its descendants).
 */
final class Pkcs1 {
  private static final int LEAST_PADDING = 8;

  private Pkcs1() {}

  static boolean verify(PublicKey key, SignatureHash hash, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    RSAPublicKey rsa = (RSAPublicKey) key;
    int octets = (rsa.getModulus().bitLength() + 7) / 8;
    if (signature.length != octets) {
      return false;
    }
    RSAEngine engine = new RSAEngine();
    engine.init(false, new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent()));
    byte[] opened;
    try {
      opened = engine.processBlock(signature, 0, signature.length);
    } catch (RuntimeException e) {
      // A number not below the modulus.
      throw new GeneralSecurityException(e);
    }
    byte[] padded = new byte[octets];
    System.arraycopy(opened, 0, padded, octets - opened.length, opened.length);
    return MessageDigest.isEqual(expected(hash, data, octets), padded);
  }

  private static byte[] expected(SignatureHash hash, byte[] data, int octets)
      throws GeneralSecurityException {
    byte[] info = digestInfo(hash, MessageDigest.getInstance(hash.digestName()).digest(data));
    if (octets < info.length + LEAST_PADDING + 3) {
      throw new GeneralSecurityException("the key is too short for the hash");
    }
    byte[] encoded = new byte[octets];
    Arrays.fill(encoded, (byte) 0xff);
    encoded[0] = 0;
    encoded[1] = 1;
    encoded[octets - info.length - 1] = 0;
    System.arraycopy(info, 0, encoded, octets - info.length, info.length);
    return encoded;
  }

  private static byte[] digestInfo(SignatureHash hash, byte[] digest) {
    ASN1ObjectIdentifier oid =
        SignatureAlgorithm.HASHES.entrySet().stream()
            .filter(entry -> entry.getValue() == hash)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    try {
      return new DigestInfo(new AlgorithmIdentifier(oid, DERNull.INSTANCE), digest)
          .getEncoded("DER");
    } catch (IOException e) {
      throw new IllegalStateException("nothing is written anywhere", e);
    }
  }
}
