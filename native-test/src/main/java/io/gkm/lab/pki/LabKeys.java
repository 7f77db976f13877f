package io.gkm.lab.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** Fresh key pairs for signatures. */
public final class LabKeys {
  private LabKeys() {}

  /** {@code rsa-2048}, {@code p256}, {@code p384}, {@code p521}, {@code ed25519}, {@code ed448}. */
  public static KeyPair make(String kind) {
    try {
      if (kind.startsWith("rsa-")) {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(Integer.parseInt(kind.substring(4)));
        return rsa.generateKeyPair();
      }
      if (kind.startsWith("p")) {
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec("secp" + kind.substring(1) + "r1"));
        return ec.generateKeyPair();
      }
      return KeyPairGenerator.getInstance(kind).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no keys of kind " + kind, e);
    }
  }
}
