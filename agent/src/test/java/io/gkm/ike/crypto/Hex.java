package io.gkm.ike.crypto;

import java.util.HexFormat;

/** Hex to octets and back, for test vectors. */
final class Hex {
  private Hex() {}

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  static Secret secret(String digits) {
    return Secret.wrap(hex(digits));
  }

  static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  static String hex(Secret secret) {
    return hex(secret.bytes());
  }

  /** Octets {@code from}, {@code from}+1, ... */
  static byte[] counting(int from, int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (from + i);
    }
    return octets;
  }
}
