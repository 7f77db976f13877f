package io.gkm.ike.crypto;

import io.gkm.ike.wire.EncrId;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.modes.GCMBlockCipher;

/**
 * Encryption algorithms (Transform Type 1) that protect IKE messages: unicast IKE SAs and the Rekey
 * SA. To add one, add a line: the compiler then asks for its primitive. Triple DES and older ones
 * are left out on purpose (RFC 8247 section 2.1, RFC 9395), as are implicit IVs (RFC 8750).
 * Data-security SAs have their own table, {@link DataTransforms}.
 */
public enum EncrAlgorithm {
  /** AES-CBC, RFC 3602: random IV, block-aligned, needs a separate integrity algorithm. */
  AES_CBC(EncrId.AES_CBC, 0, 16, 0, 16),
  /** AES-CTR, RFC 5930: needs a separate integrity algorithm. */
  AES_CTR(EncrId.AES_CTR, 4, 8, 0, 1),
  /** AES-CCM with an 8-octet ICV, RFC 5282. */
  AES_CCM_8(EncrId.AES_CCM_8, 3, 8, 8, 1),
  /** AES-CCM with a 12-octet ICV. */
  AES_CCM_12(EncrId.AES_CCM_12, 3, 8, 12, 1),
  /** AES-CCM with a 16-octet ICV. */
  AES_CCM_16(EncrId.AES_CCM_16, 3, 8, 16, 1),
  /** AES-GCM with an 8-octet ICV, RFC 5282. */
  AES_GCM_8(EncrId.AES_GCM_8, 4, 8, 8, 1),
  /** AES-GCM with a 12-octet ICV. */
  AES_GCM_12(EncrId.AES_GCM_12, 4, 8, 12, 1),
  /** AES-GCM with a 16-octet ICV. */
  AES_GCM_16(EncrId.AES_GCM_16, 4, 8, 16, 1),
  /** ChaCha20-Poly1305, RFC 7634: its key has one size and no Key Length attribute. */
  CHACHA20_POLY1305(EncrId.CHACHA20_POLY1305, 4, 8, 16, 1);

  private static final int CHACHA20_KEY_OCTETS = 32;

  private final int id;
  private final int saltOctets;
  private final int ivOctets;
  private final int icvOctets;
  private final int blockOctets;

  EncrAlgorithm(int id, int salt, int iv, int icv, int block) {
    this.id = id;
    this.saltOctets = salt;
    this.ivOctets = iv;
    this.icvOctets = icv;
    this.blockOctets = block;
  }

  /** The algorithm with this transform id, if it is supported. */
  public static Optional<EncrAlgorithm> find(int encrId) {
    return Arrays.stream(values()).filter(a -> a.id == encrId).findFirst();
  }

  /** The transform id. */
  public int id() {
    return id;
  }

  /** Octets of salt (for AES-CTR: of nonce) that follow the key in SK_e; 0 for CBC. */
  public int saltOctets() {
    return saltOctets;
  }

  /** Octets of IV in front of the ciphertext. */
  public int ivOctets() {
    return ivOctets;
  }

  /** Octets of ICV after the ciphertext; 0 when an integrity algorithm makes the ICV. */
  public int icvOctets() {
    return icvOctets;
  }

  /** The plaintext must be a multiple of this many octets. */
  public int blockOctets() {
    return blockOctets;
  }

  /** Whether IVs must never repeat and may be counted; else they must be unpredictable (CBC). */
  public boolean countsIvs() {
    return saltOctets > 0;
  }

  /** Combined mode: encrypts and authenticates with one key. */
  public boolean isAead() {
    return icvOctets > 0;
  }

  /**
   * Whether the Key Length attribute may have this value in bits; 0 stands for "no attribute",
   * which only algorithms with a single key size allow.
   */
  public boolean allowsKeyBits(int bits) {
    return switch (this) {
      case CHACHA20_POLY1305 -> bits == 0;
      default -> bits == 128 || bits == 192 || bits == 256;
    };
  }

  /**
   * Octets of SK_e (or GSK_e): the key and the salt.
   *
   * @param bits the Key Length attribute, 0 when absent
   * @throws IllegalArgumentException when the key length is not allowed
   */
  public int keyAndSaltOctets(int bits) {
    if (!allowsKeyBits(bits)) {
      throw new IllegalArgumentException(this + " has no key length of " + bits + " bits");
    }
    return (bits == 0 ? CHACHA20_KEY_OCTETS : bits / 8) + saltOctets;
  }

  /** Whether some allowed key length gives key and salt of this many octets. */
  boolean allowsKeyAndSaltOctets(int octets) {
    return IntStream.of(0, 128, 192, 256)
        .anyMatch(bits -> allowsKeyBits(bits) && keyAndSaltOctets(bits) == octets);
  }

  /** A fresh AEAD primitive; only when {@link #isAead}. */
  AEADCipher newAead() {
    return switch (this) {
      case AES_CBC, AES_CTR -> throw new IllegalStateException(this + " is not an AEAD");
      case AES_CCM_8, AES_CCM_12, AES_CCM_16 -> CCMBlockCipher.newInstance(AESEngine.newInstance());
      case AES_GCM_8, AES_GCM_12, AES_GCM_16 -> GCMBlockCipher.newInstance(AESEngine.newInstance());
      case CHACHA20_POLY1305 -> new ChaCha20Poly1305();
    };
  }
}
