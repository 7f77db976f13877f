package io.gkm.ike.crypto;

import io.gkm.ike.wire.KwaId;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A Key Wrap Algorithm (Transform Type 13) with its key-encryption key: protects the keys inside a
 * KD payload (RFC 9838 section 3.2). KW_5649_128, KW_5649_192 and KW_5649_256 are AES key wrap with
 * padding (RFC 5649): 1 to 256 octets in, 8 + the length rounded up to a multiple of 8 out. KW_ARX,
 * which is experimental and only used where the configuration asks for it: 16 octets more out than
 * in.
 */
public final class KeyWrap implements AutoCloseable {
  /** The longest key a G-IKEv2 key wrap must be able to carry. */
  public static final int MAX_PLAINTEXT = 256;

  private static final int SEMIBLOCK = 8;

  private final int kwaId;
  private final Secret kek;

  private KeyWrap(int kwaId, Secret kek) {
    this.kwaId = kwaId;
    this.kek = kek;
  }

  /** Whether {@link #of} accepts this KWA transform id. */
  public static boolean isSupported(int kwaId) {
    return kwaId >= KwaId.KW_5649_128 && kwaId <= KwaId.KW_ARX;
  }

  /**
   * Octets of the key-encryption key (GSK_w, WRAP_KEY) of this KWA transform id.
   *
   * @throws CryptoException when the algorithm is not supported
   */
  public static int keyLength(int kwaId) throws CryptoException {
    return switch (kwaId) {
      case KwaId.KW_5649_128 -> 16;
      case KwaId.KW_5649_192 -> 24;
      case KwaId.KW_5649_256, KwaId.KW_ARX -> 32;
      default -> throw new CryptoException("key wrap algorithm " + kwaId + " is not supported");
    };
  }

  /**
   * The algorithm with this KWA transform id under {@code kek}, which it then owns and closes.
   *
   * @throws CryptoException when the algorithm is not supported or the key has the wrong length;
   *     then the caller still owns {@code kek}
   */
  public static KeyWrap of(int kwaId, Secret kek) throws CryptoException {
    int needed = keyLength(kwaId);
    if (kek.length() != needed) {
      throw new CryptoException(
          "key wrap algorithm "
              + kwaId
              + " needs a key of "
              + needed
              + " octets, not "
              + kek.length());
    }
    return new KeyWrap(kwaId, kek);
  }

  /**
   * The same algorithm under another key, which it then owns and closes.
   *
   * @throws CryptoException when the key has the wrong length; then the caller still owns it
   */
  public KeyWrap withKey(Secret other) throws CryptoException {
    return of(kwaId, other);
  }

  /** The same with its own copy of the key. */
  public KeyWrap copy() {
    return new KeyWrap(kwaId, kek.slice(0, kek.length()));
  }

  /** The KWA transform id. */
  public int kwaId() {
    return kwaId;
  }

  /**
   * Wraps a key.
   *
   * @throws CryptoException when {@code key} is empty or longer than {@link #MAX_PLAINTEXT}
   */
  public byte[] wrap(Secret key) throws CryptoException {
    byte[] plain = key.bytes();
    if (plain.length < 1 || plain.length > MAX_PLAINTEXT) {
      throw new CryptoException("cannot wrap a key of " + plain.length + " octets");
    }
    return kwaId == KwaId.KW_ARX
        ? ArxKeyWrap.wrap(kek.bytes(), plain)
        : engine(true).wrap(plain, 0, plain.length);
  }

  /**
   * Unwraps a key; the caller owns the result.
   *
   * @throws CryptoException when the length is impossible or the integrity check fails: a wrong
   *     key-encryption key or damaged octets
   */
  public Secret unwrap(byte[] wrapped) throws CryptoException {
    if (!isPossible(wrapped.length)) {
      throw new CryptoException("a wrapped key cannot have " + wrapped.length + " octets");
    }
    if (kwaId == KwaId.KW_ARX) {
      return Secret.wrap(ArxKeyWrap.unwrap(kek.bytes(), wrapped));
    }
    try {
      return Secret.wrap(engine(false).unwrap(wrapped, 0, wrapped.length));
    } catch (InvalidCipherTextException e) {
      throw new CryptoException("wrapped key fails its integrity check", e);
    }
  }

  private boolean isPossible(int length) {
    if (kwaId == KwaId.KW_ARX) {
      return length > ArxKeyWrap.TAG && length <= MAX_PLAINTEXT + ArxKeyWrap.TAG;
    }
    return length >= 2 * SEMIBLOCK
        && length <= MAX_PLAINTEXT + SEMIBLOCK
        && length % SEMIBLOCK == 0;
  }

  private RFC5649WrapEngine engine(boolean forWrapping) {
    RFC5649WrapEngine engine = new RFC5649WrapEngine(AESEngine.newInstance());
    engine.init(forWrapping, new KeyParameter(kek.bytes()));
    return engine;
  }

  /** Zeroes the key-encryption key. */
  @Override
  public void close() {
    kek.close();
  }
}
