package io.gkm.ike.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Authentication by pre-shared key, AUTH method 2 (RFC 7296 section 2.15): AUTH = prf(prf(psk, "Key
 * Pad for IKEv2"), signed octets).
 */
public final class PskAuth {
  private static final byte[] KEY_PAD = "Key Pad for IKEv2".getBytes(StandardCharsets.US_ASCII);

  private PskAuth() {}

  /**
   * The Authentication Data of our AUTH payload.
   *
   * @throws IllegalArgumentException when the pre-shared key is empty
   */
  public static byte[] authData(Prf prf, Secret psk, byte[] signedOctets) {
    if (psk.length() == 0) {
      throw new IllegalArgumentException("the pre-shared key is empty");
    }
    try (Secret padded = prf.computeSecret(psk, KEY_PAD)) {
      return prf.compute(padded, signedOctets);
    }
  }

  /**
   * Checks the peer's Authentication Data in constant time; returns only if it is right.
   *
   * @throws CryptoException when it is wrong
   */
  public static void verify(Prf prf, Secret psk, byte[] signedOctets, byte[] authData)
      throws CryptoException {
    if (!MessageDigest.isEqual(authData(prf, psk, signedOctets), authData)) {
      throw new CryptoException("authentication data does not match the pre-shared key");
    }
  }
}
