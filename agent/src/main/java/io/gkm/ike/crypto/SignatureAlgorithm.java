package io.gkm.ike.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A signature algorithm as AUTH payloads of method 14 and the GCAUTH transform name it: a DER
 * AlgorithmIdentifier (RFC 7427 section 3, RFC 9838 section 4.4.2.1.1, RFC 8420 for EdDSA). Two are
 * equal when they mean the same, however their parameters are written.
 *
 * <p>SHA-1, MD5 and SHA-224, RSA keys below 2048 bits, other curves than P-256, P-384 and P-521 are
 * refused (RFC 8247 section 3).
 *
 * @param kind of key and scheme
 * @param hash empty where the scheme has its own (EdDSA)
 */
public record SignatureAlgorithm(Kind kind, Optional<SignatureHash> hash) {
  /** Kinds of keys and schemes. */
  public enum Kind {
    ECDSA("ECDSA"),
    RSA_PKCS1("RSA PKCS#1 v1.5"),
    RSA_PSS("RSASSA-PSS"),
    ED25519("Ed25519"),
    ED448("Ed448");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private static final Map<ASN1ObjectIdentifier, SignatureHash> ECDSA =
      Map.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256, SignatureHash.SHA2_256,
          X9ObjectIdentifiers.ecdsa_with_SHA384, SignatureHash.SHA2_384,
          X9ObjectIdentifiers.ecdsa_with_SHA512, SignatureHash.SHA2_512);

  private static final Map<ASN1ObjectIdentifier, SignatureHash> PKCS1 =
      Map.of(
          PKCSObjectIdentifiers.sha256WithRSAEncryption, SignatureHash.SHA2_256,
          PKCSObjectIdentifiers.sha384WithRSAEncryption, SignatureHash.SHA2_384,
          PKCSObjectIdentifiers.sha512WithRSAEncryption, SignatureHash.SHA2_512);

  static final Map<ASN1ObjectIdentifier, SignatureHash> HASHES =
      Map.of(
          NISTObjectIdentifiers.id_sha256, SignatureHash.SHA2_256,
          NISTObjectIdentifiers.id_sha384, SignatureHash.SHA2_384,
          NISTObjectIdentifiers.id_sha512, SignatureHash.SHA2_512);

  /**
   * @throws IllegalArgumentException when the scheme and the hash do not go together
   */
  public SignatureAlgorithm {
    if (hash.isPresent() == (kind == Kind.ED25519 || kind == Kind.ED448)) {
      throw new IllegalArgumentException(kind + " with hash " + hash);
    }
  }

  /**
   * Reads a DER AlgorithmIdentifier.
   *
   * @throws CryptoException when it is none, or of an algorithm that is not accepted
   */
  public static SignatureAlgorithm parse(byte[] der) throws CryptoException {
    AlgorithmIdentifier identifier;
    try {
      ASN1Primitive value = ASN1Primitive.fromByteArray(der);
      identifier = AlgorithmIdentifier.getInstance(value);
      if (value != null && !Arrays.equals(value.getEncoded("DER"), der)) {
        throw new CryptoException("AlgorithmIdentifier is not DER");
      }
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle's ASN.1 classes throw several kinds of RuntimeException at bad input.
      throw new CryptoException("AlgorithmIdentifier does not parse", e);
    }
    if (identifier == null) {
      throw new CryptoException("AlgorithmIdentifier is empty");
    }
    return of(identifier);
  }

  private static SignatureAlgorithm of(AlgorithmIdentifier identifier) throws CryptoException {
    ASN1ObjectIdentifier oid = identifier.getAlgorithm();
    ASN1Encodable parameters = identifier.getParameters();
    if (ECDSA.containsKey(oid) && parameters == null) {
      return new SignatureAlgorithm(Kind.ECDSA, Optional.of(ECDSA.get(oid)));
    }
    if (PKCS1.containsKey(oid) && isNull(parameters)) {
      return new SignatureAlgorithm(Kind.RSA_PKCS1, Optional.of(PKCS1.get(oid)));
    }
    if (oid.equals(PKCSObjectIdentifiers.id_RSASSA_PSS) && parameters != null) {
      return new SignatureAlgorithm(Kind.RSA_PSS, Optional.of(PssParameters.hash(parameters)));
    }
    if (oid.equals(SignatureKeys.ED25519) && parameters == null) {
      return new SignatureAlgorithm(Kind.ED25519, Optional.empty());
    }
    if (oid.equals(SignatureKeys.ED448) && parameters == null) {
      return new SignatureAlgorithm(Kind.ED448, Optional.empty());
    }
    throw new CryptoException(
        "signature algorithm "
            + oid.getId()
            + (parameters == null ? "" : " with these parameters")
            + " is not accepted");
  }

  private static boolean isNull(ASN1Encodable parameters) {
    return parameters == null || DERNull.INSTANCE.equals(parameters);
  }

  /** The DER AlgorithmIdentifier. */
  public byte[] encoded() {
    AlgorithmIdentifier identifier =
        switch (kind) {
          case ECDSA -> new AlgorithmIdentifier(key(ECDSA));
          case RSA_PKCS1 -> new AlgorithmIdentifier(key(PKCS1), DERNull.INSTANCE);
          case RSA_PSS ->
              new AlgorithmIdentifier(
                  PKCSObjectIdentifiers.id_RSASSA_PSS,
                  PssParameters.of(hash.orElseThrow(), key(HASHES)));
          case ED25519 -> new AlgorithmIdentifier(SignatureKeys.ED25519);
          case ED448 -> new AlgorithmIdentifier(SignatureKeys.ED448);
        };
    try {
      return identifier.getEncoded("DER");
    } catch (IOException e) {
      throw new IllegalStateException("nothing is written anywhere", e);
    }
  }

  private ASN1ObjectIdentifier key(Map<ASN1ObjectIdentifier, SignatureHash> table) {
    return table.entrySet().stream()
        .filter(entry -> entry.getValue() == hash.orElseThrow())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Whether signatures of this algorithm can be checked with the key.
   *
   * @param spki DER SubjectPublicKeyInfo
   * @throws CryptoException when it is no such key, of another kind, or too weak
   */
  public void requireUsable(byte[] spki) throws CryptoException {
    key(spki);
  }

  private PublicKey key(byte[] spki) throws CryptoException {
    return SignatureKeys.parse(spki, this);
  }

  /**
   * Checks a signature.
   *
   * @param spki DER SubjectPublicKeyInfo
   * @throws CryptoException when the key does not fit, or the signature is not right
   */
  public void verify(byte[] spki, byte[] data, byte[] signature) throws CryptoException {
    PublicKey key = key(spki);
    boolean right;
    try {
      if (kind == Kind.RSA_PKCS1) {
        right = Pkcs1.verify(key, hash.orElseThrow(), data, signature);
      } else {
        Signature verifier = engine();
        verifier.initVerify(key);
        verifier.update(data);
        right = verifier.verify(signature);
      }
    } catch (GeneralSecurityException e) {
      throw new CryptoException("signature is malformed", e);
    }
    if (!right) {
      throw new CryptoException("signature is wrong");
    }
  }

  /**
   * Signs.
   *
   * @throws CryptoException when the key does not fit
   */
  public byte[] sign(PrivateKey key, byte[] data, SecureRandom random) throws CryptoException {
    try {
      Signature signer = engine();
      signer.initSign(key, random);
      signer.update(data);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new CryptoException(this + " cannot be used with a key for " + key.getAlgorithm(), e);
    }
  }

  private Signature engine() throws GeneralSecurityException {
    return switch (kind) {
      case ECDSA -> Signature.getInstance(hash.orElseThrow().jdkName() + "withECDSA");
      case RSA_PKCS1 -> Signature.getInstance(hash.orElseThrow().jdkName() + "withRSA");
      case RSA_PSS -> pss();
      case ED25519 -> Signature.getInstance("Ed25519");
      case ED448 -> Signature.getInstance("Ed448");
    };
  }

  private Signature pss() throws GeneralSecurityException, InvalidAlgorithmParameterException {
    SignatureHash with = hash.orElseThrow();
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(
        new PSSParameterSpec(
            with.digestName(),
            "MGF1",
            new MGF1ParameterSpec(with.digestName()),
            with.octets(),
            PSSParameterSpec.TRAILER_FIELD_BC));
    return signature;
  }

  /** For people: {@code ECDSA with SHA2-256}. */
  @Override
  public String toString() {
    return kind.text + hash.map(h -> " with " + h).orElse("");
  }

  /** The parameters of RSASSA-PSS. */
  private static final class PssParameters {
    private PssParameters() {}

    static SignatureHash hash(ASN1Encodable encoded) throws CryptoException {
      RSASSAPSSparams parameters;
      try {
        parameters = RSASSAPSSparams.getInstance(encoded);
        SignatureHash hash = hash(parameters.getHashAlgorithm());
        AlgorithmIdentifier mask = parameters.getMaskGenAlgorithm();
        boolean sameHash =
            mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
                && hash(AlgorithmIdentifier.getInstance(mask.getParameters())) == hash;
        if (hash == null
            || !sameHash
            || parameters.getSaltLength().intValueExact() != hash.octets()
            || parameters.getTrailerField().intValueExact() != 1) {
          throw new CryptoException(
              "RSASSA-PSS is accepted with SHA-2, MGF1 with the same hash and a salt as long only");
        }
        return hash;
      } catch (RuntimeException e) {
        throw new CryptoException("RSASSA-PSS parameters do not parse", e);
      }
    }

    /** Its parameters are NULL or absent (RFC 4055 section 2.1); null for other functions. */
    private static SignatureHash hash(AlgorithmIdentifier function) {
      return isNull(function.getParameters()) ? HASHES.get(function.getAlgorithm()) : null;
    }

    static RSASSAPSSparams of(SignatureHash hash, ASN1ObjectIdentifier oid) {
      AlgorithmIdentifier digest = new AlgorithmIdentifier(oid, DERNull.INSTANCE);
      return new RSASSAPSSparams(
          digest,
          new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, digest),
          new org.bouncycastle.asn1.ASN1Integer(hash.octets()),
          RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
    }
  }
}
