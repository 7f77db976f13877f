package io.gkm.lab.controller;

import io.gkm.ike.RekeySealer;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.SignatureAlgorithm;
import io.gkm.ike.crypto.SignatureHash;
import io.gkm.ike.wire.Octets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Locale;
import java.util.Optional;

/** A key pair that the key server signs GSA_REKEY messages with. */
public final class SigningKey implements RekeySealer.Signer {
  /** Kinds of key pairs, by the names in the configuration file. */
  public enum Kind {
    ED25519,
    ED448,
    ECDSA_P256,
    ECDSA_P384,
    RSA_PSS,
    RSA_PKCS1;

    private SignatureAlgorithm algorithm() {
      return switch (this) {
        case ED25519 -> new SignatureAlgorithm(SignatureAlgorithm.Kind.ED25519, Optional.empty());
        case ED448 -> new SignatureAlgorithm(SignatureAlgorithm.Kind.ED448, Optional.empty());
        case ECDSA_P256 -> with(SignatureAlgorithm.Kind.ECDSA, SignatureHash.SHA2_256);
        case ECDSA_P384 -> with(SignatureAlgorithm.Kind.ECDSA, SignatureHash.SHA2_384);
        case RSA_PSS -> with(SignatureAlgorithm.Kind.RSA_PSS, SignatureHash.SHA2_256);
        case RSA_PKCS1 -> with(SignatureAlgorithm.Kind.RSA_PKCS1, SignatureHash.SHA2_256);
      };
    }

    private static SignatureAlgorithm with(SignatureAlgorithm.Kind kind, SignatureHash hash) {
      return new SignatureAlgorithm(kind, Optional.of(hash));
    }

    private String generator() {
      return switch (this) {
        case ED25519 -> "Ed25519";
        case ED448 -> "Ed448";
        case ECDSA_P256, ECDSA_P384 -> "EC";
        case RSA_PSS, RSA_PKCS1 -> "RSA";
      };
    }

    private AlgorithmParameterSpec parameters() {
      return switch (this) {
        case ED25519 -> NamedParameterSpec.ED25519;
        case ED448 -> NamedParameterSpec.ED448;
        case ECDSA_P256 -> new ECGenParameterSpec("secp256r1");
        case ECDSA_P384 -> new ECGenParameterSpec("secp384r1");
        case RSA_PSS, RSA_PKCS1 -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
      };
    }

    /** {@code ed25519}, {@code ecdsa-p256} and so on. */
    static Kind named(String name) {
      for (Kind kind : values()) {
        if (kind.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("unknown signature " + name);
    }
  }

  private final Kind kind;
  private final KeyPair pair;
  private final SecureRandom random;
  private final int signatureLength;

  private SigningKey(Kind kind, KeyPair pair, SecureRandom random) throws CryptoException {
    this.kind = kind;
    this.pair = pair;
    this.random = random;
    this.signatureLength = sign(new byte[1]).length;
  }

  static SigningKey make(Kind kind, SecureRandom random) throws CryptoException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.generator());
      generator.initialize(kind.parameters(), random);
      return new SigningKey(kind, generator.generateKeyPair(), random);
    } catch (GeneralSecurityException e) {
      throw new CryptoException("no key pair for " + kind, e);
    }
  }

  /** AUTH_KEY: DER SubjectPublicKeyInfo. */
  Octets publicKey() {
    return Octets.of(pair.getPublic().getEncoded());
  }

  @Override
  public Octets algorithmIdentifier() {
    return Octets.of(kind.algorithm().encoded());
  }

  @Override
  public int signatureLength() {
    return signatureLength;
  }

  @Override
  public byte[] sign(byte[] octets) throws CryptoException {
    return kind.algorithm().sign(pair.getPrivate(), octets, random);
  }
}
