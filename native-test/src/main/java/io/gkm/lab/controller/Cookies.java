package io.gkm.lab.controller;

import io.gkm.ike.UdpPath;
import io.gkm.ike.wire.Octets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Stateless cookies (RFC 7296 section 2.6): a hash of a secret, the nonce, the address and SPIi.
 */
final class Cookies {
  private static final int SECRET = 32;

  private final byte[] secret = new byte[SECRET];

  Cookies(SecureRandom random) {
    random.nextBytes(secret);
  }

  Octets of(UdpPath path, long spiI, Octets nonce) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret);
      digest.update(nonce.toByteArray());
      digest.update(path.remote().getAddress().getAddress());
      digest.update(Long.toHexString(spiI).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return Octets.of(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
