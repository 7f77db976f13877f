package io.gkm.ike.crypto;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Where the IVs of one direction's sealed messages come from. */
public interface IvSource {
  /**
   * The next IV.
   *
   * @throws CryptoException when there is none left under this key
   */
  byte[] next() throws CryptoException;

  /**
   * 8-octet IVs counting up from {@code first} (unsigned, big-endian): for AEADs, whose IV must
   * never repeat under one key. Ends after 2^64-1, never wraps.
   */
  static IvSource counter(long first) {
    return new IvSource() {
      private long next = first;
      private boolean exhausted;

      @Override
      public byte[] next() throws CryptoException {
        if (exhausted) {
          throw new CryptoException("all IVs of this key are used up");
        }
        byte[] iv = ByteBuffer.allocate(Long.BYTES).putLong(next).array();
        next++;
        exhausted = next == 0;
        return iv;
      }
    };
  }

  /** Unpredictable IVs of {@code octets} octets: for CBC (RFC 3602 section 2.1). */
  static IvSource random(SecureRandom random, int octets) {
    return () -> {
      byte[] iv = new byte[octets];
      random.nextBytes(iv);
      return iv;
    };
  }
}
