package io.gkm.ike.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.ChaChaEngine;
import org.bouncycastle.crypto.macs.SipHash128;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * ARX-KW-8-2-4-GX, the key wrap algorithm KW_ARX of RFC 9838 (Satō, IACR ePrint 2020/059): ChaCha
 * with 8 rounds under a nonce made of a SipHash-2-4-128 tag over the plaintext.
 *
 * <pre>
 *   K1(16) | K2(32) = ChaCha8(K, 0)        T(16) = SipHash(K1, P)
 *   C = P xor XChaCha8(K2, "arbitrGX" | T) wrapped = T | C
 * </pre>
 *
 * <p>Experimental: no other IKE implementation of it is known, so the order of tag and ciphertext,
 * which RFC 9838 does not say, is ours. ChaCha's core and SipHash are Bouncy Castle's.
 */
final class ArxKeyWrap {
  static final int KEY = 32;
  static final int TAG = 16;

  private static final int ROUNDS = 8;
  private static final int MAC_KEY = 16;
  private static final int BLOCK_WORDS = 16;
  private static final byte[] PREFIX = "arbitrGX".getBytes(StandardCharsets.US_ASCII);
  private static final int[] CONSTANTS = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

  private ArxKeyWrap() {}

  static byte[] wrap(byte[] key, byte[] plain) {
    byte[] subkeys = subkeys(key);
    try {
      byte[] tag = tag(subkeys, plain);
      byte[] wrapped = Arrays.copyOf(tag, TAG + plain.length);
      stream(subkeys, tag, plain, 0, wrapped, TAG, plain.length);
      return wrapped;
    } finally {
      Arrays.fill(subkeys, (byte) 0);
    }
  }

  /**
   * @return the plaintext, which the caller owns
   * @throws CryptoException when the tag is wrong
   */
  static byte[] unwrap(byte[] key, byte[] wrapped) throws CryptoException {
    byte[] subkeys = subkeys(key);
    try {
      byte[] tag = Arrays.copyOf(wrapped, TAG);
      byte[] plain = new byte[wrapped.length - TAG];
      stream(subkeys, tag, wrapped, TAG, plain, 0, plain.length);
      if (!MessageDigest.isEqual(tag, tag(subkeys, plain))) {
        Arrays.fill(plain, (byte) 0);
        throw new CryptoException("wrapped key fails its integrity check");
      }
      return plain;
    } finally {
      Arrays.fill(subkeys, (byte) 0);
    }
  }

  /** K1 and K2: the first 48 octets of the key stream. */
  private static byte[] subkeys(byte[] key) {
    byte[] subkeys = new byte[MAC_KEY + KEY];
    chaCha(key, 0, new byte[8]).processBytes(subkeys, 0, subkeys.length, subkeys, 0);
    return subkeys;
  }

  private static ChaChaEngine chaCha(byte[] key, int offset, byte[] nonce) {
    ChaChaEngine engine = new ChaChaEngine(ROUNDS);
    engine.init(true, new ParametersWithIV(new KeyParameter(key, offset, KEY), nonce));
    return engine;
  }

  private static byte[] tag(byte[] subkeys, byte[] plain) {
    SipHash128 mac = new SipHash128(2, 4);
    mac.init(new KeyParameter(subkeys, 0, MAC_KEY));
    mac.update(plain, 0, plain.length);
    byte[] tag = new byte[TAG];
    mac.doFinal(tag, 0);
    return tag;
  }

  /** XChaCha8 with the 24-octet nonce {@code "arbitrGX" | tag}. */
  private static void stream(
      byte[] subkeys, byte[] tag, byte[] in, int inAt, byte[] out, int outAt, int length) {
    byte[] nonce = new byte[PREFIX.length + TAG];
    System.arraycopy(PREFIX, 0, nonce, 0, PREFIX.length);
    System.arraycopy(tag, 0, nonce, PREFIX.length, TAG);
    byte[] subkey = hChaCha(subkeys, nonce);
    chaCha(subkey, 0, Arrays.copyOfRange(nonce, TAG, nonce.length))
        .processBytes(in, inAt, length, out, outAt);
    Arrays.fill(subkey, (byte) 0);
  }

  /** HChaCha8: the permuted state's first and last words, without the addition of the input. */
  private static byte[] hChaCha(byte[] subkeys, byte[] nonce) {
    ByteBuffer key = ByteBuffer.wrap(subkeys, MAC_KEY, KEY).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer front = ByteBuffer.wrap(nonce, 0, TAG).order(ByteOrder.LITTLE_ENDIAN);
    int[] state = Arrays.copyOf(CONSTANTS, BLOCK_WORDS);
    for (int i = 4; i < 12; i++) {
      state[i] = key.getInt();
    }
    for (int i = 12; i < BLOCK_WORDS; i++) {
      state[i] = front.getInt();
    }
    int[] mixed = new int[BLOCK_WORDS];
    ChaChaEngine.chachaCore(ROUNDS, state, mixed);
    ByteBuffer subkey = ByteBuffer.allocate(KEY).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 4; i++) {
      subkey.putInt(mixed[i] - state[i]);
    }
    for (int i = 12; i < BLOCK_WORDS; i++) {
      subkey.putInt(mixed[i] - state[i]);
    }
    Arrays.fill(state, 0);
    Arrays.fill(mixed, 0);
    return subkey.array();
  }
}
