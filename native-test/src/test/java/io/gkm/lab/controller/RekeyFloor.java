package io.gkm.lab.controller;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cryptography that a GSA_REKEY costs whoever receives it, by the JDK alone: AES-GCM over the
 * message, one signature, one key unwrapped (RFC 5649) for each data SA.
 */
final class RekeyFloor {
  private static final int KEY_OCTETS = 36;
  private static final int IV_OCTETS = 12;

  private final Optional<SigningKey.Kind> signature;
  private final SecureRandom random;
  private final Optional<KeyPair> pair;
  private final SecretKey kek = new SecretKeySpec(new byte[32], "AES");
  private int messages;
  private int sas;
  private byte[] iv;
  private byte[] sealed;
  private byte[] plain;
  private byte[] signed;
  private byte[] wrapped;

  RekeyFloor(Optional<SigningKey.Kind> signature, SecureRandom random) throws Exception {
    this.signature = signature;
    this.random = random;
    this.pair = signature.isEmpty() ? Optional.empty() : Optional.of(generate(signature.get()));
  }

  private static KeyPair generate(SigningKey.Kind kind) throws Exception {
    KeyPairGenerator generator;
    switch (kind) {
      case ED25519 -> generator = KeyPairGenerator.getInstance("Ed25519");
      case ECDSA_P256 -> {
        generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      case RSA_PSS -> {
        generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
      }
      default -> throw new IllegalArgumentException("no floor for " + kind);
    }
    return generator.generateKeyPair();
  }

  private Signature verifier() throws Exception {
    return switch (signature.orElseThrow()) {
      case ED25519 -> Signature.getInstance("Ed25519");
      case ECDSA_P256 -> Signature.getInstance("SHA256withECDSA");
      default -> {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        yield pss;
      }
    };
  }

  /** Makes the messages, each of so many octets with keys for so many SAs. */
  void prepare(int count, int octets, int keys) throws Exception {
    messages = count;
    sas = keys;
    plain = new byte[octets];
    iv = new byte[IV_OCTETS];
    random.nextBytes(iv);
    Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    gcm.init(Cipher.ENCRYPT_MODE, kek, new GCMParameterSpec(128, iv));
    sealed = gcm.doFinal(plain);
    Cipher wrap = Cipher.getInstance("AES/KWP/NoPadding");
    wrap.init(Cipher.WRAP_MODE, kek);
    wrapped = wrap.wrap(new SecretKeySpec(new byte[KEY_OCTETS], "key"));
    if (pair.isPresent()) {
      Signature sign = verifier();
      sign.initSign(pair.get().getPrivate());
      sign.update(plain);
      signed = sign.sign();
    }
  }

  /** What is measured. */
  void run() throws Exception {
    for (int m = 0; m < messages; m++) {
      Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
      gcm.init(Cipher.DECRYPT_MODE, kek, new GCMParameterSpec(128, iv));
      byte[] opened = gcm.doFinal(sealed);
      if (pair.isPresent()) {
        Signature verify = verifier();
        verify.initVerify(pair.get().getPublic());
        verify.update(opened);
        if (!verify.verify(signed)) {
          throw new IllegalStateException("the signature is wrong");
        }
      }
      Cipher unwrap = Cipher.getInstance("AES/KWP/NoPadding");
      unwrap.init(Cipher.UNWRAP_MODE, kek);
      for (int i = 0; i < sas; i++) {
        unwrap.unwrap(wrapped, "key", Cipher.SECRET_KEY);
      }
    }
  }
}
