package io.gkm.ike.crypto;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Protection of one direction of an IKE SA (or of a Rekey SA): seals and opens the Encrypted
 * payload (SK, RFC 7296 section 3.14) and the Encrypted Fragment payload (SKF, RFC 7383 section
 * 2.5).
 *
 * <pre>
 *   message = prefix | IV | encrypted(inner payloads | padding | pad length(1)) | ICV
 *   prefix  = IKE header(28) | [payloads in front] | SK header(4) or SKF header(8)
 * </pre>
 *
 * <p>The ICV covers everything in front of it: for an AEAD the prefix is the associated data. Uses
 * the given keys without owning them: once their owner closes them this object is useless.
 */
public abstract sealed class SkCipher permits AeadSkCipher, MacSkCipher {
  private static final int IKE_HEADER = 28;
  private static final int IKE_LENGTH_OFFSET = 24;
  private static final int SK_HEADER = 4;
  private static final int SKF_HEADER = 8;
  private static final int MAX_PAYLOAD = 0xFFFF;

  private final EncrAlgorithm encr;
  private final int icvOctets;
  private final IvSource ivs;

  SkCipher(EncrAlgorithm encr, int icvOctets, IvSource ivs) {
    this.encr = encr;
    this.icvOctets = icvOctets;
    this.ivs = ivs;
  }

  /**
   * A cipher with the IVs its algorithm needs: random ones for CBC, else a counter from 0.
   *
   * @param integ {@link IntegAlgorithm#NONE} exactly when {@code encr} is an AEAD
   * @param e SK_ei, SK_er or GSK_e: key and salt
   * @param a SK_ai, SK_ar or GSK_a: empty for an AEAD
   * @throws CryptoException when the algorithms do not go together or a key has the wrong length
   */
  public static SkCipher of(
      EncrAlgorithm encr, IntegAlgorithm integ, Secret e, Secret a, SecureRandom random)
      throws CryptoException {
    IvSource ivs =
        encr.countsIvs() ? IvSource.counter(0) : IvSource.random(random, encr.ivOctets());
    return of(encr, integ, e, a, ivs);
  }

  /**
   * As the other {@code of}, with the IVs from {@code ivs}; the caller answers for their quality.
   */
  public static SkCipher of(
      EncrAlgorithm encr, IntegAlgorithm integ, Secret e, Secret a, IvSource ivs)
      throws CryptoException {
    if (encr.isAead() != (integ == IntegAlgorithm.NONE)) {
      throw new CryptoException(encr + " cannot be combined with integrity " + integ);
    }
    if (!encr.allowsKeyAndSaltOctets(e.length())) {
      throw new CryptoException(encr + " cannot use a key of " + e.length() + " octets");
    }
    if (a.length() != integ.keyOctets()) {
      throw new CryptoException(integ + " cannot use a key of " + a.length() + " octets");
    }
    return encr.isAead() ? new AeadSkCipher(encr, e, ivs) : new MacSkCipher(encr, integ, e, a, ivs);
  }

  /** Octets of a sealed message, for planning fragments. */
  public final int sealedLength(int prefixLength, int innerLength) {
    return prefixLength + encr.ivOctets() + padded(innerLength) + icvOctets;
  }

  /**
   * Seals one message.
   *
   * @param prefix the octets from the IKE header's first through the SK or SKF header's last. Its
   *     two length fields (IKE header, SK/SKF header) may hold anything: they are set here.
   * @param skOffset where the SK or SKF header starts in {@code prefix}
   * @param inner the inner payloads (or the fragment's share of them); may be empty
   * @return the whole message
   * @throws CryptoException when the IVs are used up or the payload would exceed 65535 octets
   */
  public final byte[] seal(byte[] prefix, int skOffset, byte[] inner) throws CryptoException {
    int skHeader = prefix.length - skOffset;
    if (skOffset < IKE_HEADER || (skHeader != SK_HEADER && skHeader != SKF_HEADER)) {
      throw new IllegalArgumentException("no SK or SKF header at offset " + skOffset);
    }
    int total = sealedLength(prefix.length, inner.length);
    if (total - skOffset > MAX_PAYLOAD) {
      throw new CryptoException("SK payload would have " + (total - skOffset) + " octets");
    }
    byte[] message = Arrays.copyOf(prefix, total);
    putInt(message, IKE_LENGTH_OFFSET, total);
    putShort(message, skOffset + 2, total - skOffset);
    byte[] plain = Arrays.copyOf(inner, padded(inner.length));
    plain[plain.length - 1] = (byte) (plain.length - 1 - inner.length);
    byte[] iv = ivs.next();
    System.arraycopy(iv, 0, message, prefix.length, iv.length);
    encrypt(message, prefix.length, iv, plain);
    Arrays.fill(plain, (byte) 0);
    return message;
  }

  /**
   * Opens a message whose last payload is SK.
   *
   * @param message the whole message from the IKE header's first octet
   * @param skOffset where the SK header starts
   * @return the inner payloads without padding
   * @throws CryptoException when a length, the ICV or the padding is wrong
   */
  public final byte[] open(byte[] message, int skOffset) throws CryptoException {
    return open(message, skOffset, SK_HEADER);
  }

  /** As {@link #open}, for a message whose last payload is SKF; gives the fragment's share. */
  public final byte[] openFragment(byte[] message, int skfOffset) throws CryptoException {
    return open(message, skfOffset, SKF_HEADER);
  }

  private byte[] open(byte[] message, int skOffset, int skHeader) throws CryptoException {
    int least = skHeader + encr.ivOctets() + padded(0) + icvOctets;
    if (skOffset < IKE_HEADER || message.length - skOffset < least) {
      throw new CryptoException(
          "encrypted payload at offset "
              + skOffset
              + " is cut short: it needs "
              + least
              + " octets, the message has "
              + message.length);
    }
    if (getInt(message, IKE_LENGTH_OFFSET) != message.length
        || getShort(message, skOffset + 2) != message.length - skOffset) {
      throw new CryptoException(
          "encrypted payload at offset " + skOffset + " does not end with the message");
    }
    byte[] plain = decrypt(message, skOffset + skHeader);
    int padding = plain[plain.length - 1] & 0xFF;
    if (padding >= plain.length) {
      throw new CryptoException(
          "pad length " + padding + " exceeds the " + plain.length + " decrypted octets");
    }
    byte[] inner = Arrays.copyOf(plain, plain.length - 1 - padding);
    Arrays.fill(plain, (byte) 0);
    return inner;
  }

  /**
   * Fills in ciphertext and ICV of {@code message}, whose prefix ends at {@code body} where {@code
   * iv} already stands. {@code plain} includes padding and pad length.
   */
  abstract void encrypt(byte[] message, int body, byte[] iv, byte[] plain) throws CryptoException;

  /**
   * Checks the ICV first and then decrypts {@code IV | ciphertext | ICV}, which start at {@code
   * body} and are at least one padded empty plaintext long.
   */
  abstract byte[] decrypt(byte[] message, int body) throws CryptoException;

  /** Octets of inner payloads, padding and pad length. */
  private int padded(int innerLength) {
    int block = encr.blockOctets();
    return (innerLength + block) / block * block;
  }

  private static void putInt(byte[] to, int at, int value) {
    putShort(to, at, value >>> 16);
    putShort(to, at + 2, value);
  }

  private static void putShort(byte[] to, int at, int value) {
    to[at] = (byte) (value >>> 8);
    to[at + 1] = (byte) value;
  }

  private static int getInt(byte[] from, int at) {
    return getShort(from, at) << 16 | getShort(from, at + 2);
  }

  private static int getShort(byte[] from, int at) {
    return (from[at] & 0xFF) << 8 | (from[at + 1] & 0xFF);
  }
}
