package io.gkm.ike.crypto;

import io.gkm.ike.wire.PrfId;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A negotiated pseudorandom function (Transform Type 2) and prf+ (RFC 7296 section 2.13). All are
 * HMACs (RFC 4868): they take keys of any length and prefer keys as long as their output.
 */
public final class Prf {
  private static final int MAX_BLOCKS = 255;

  private final int length;
  private final Supplier<Digest> digest;

  /** An HMAC over a digest with {@code length} octets of output. */
  Prf(int length, Supplier<Digest> digest) {
    this.length = length;
    this.digest = digest;
  }

  /** The PRF with this transform id, if it is supported: 5, 6, 7 = HMAC-SHA2-256, -384, -512. */
  public static Optional<Prf> find(int prfId) {
    return switch (prfId) {
      case PrfId.HMAC_SHA2_256 -> Optional.of(new Prf(32, SHA256Digest::new));
      case PrfId.HMAC_SHA2_384 -> Optional.of(new Prf(48, SHA384Digest::new));
      case PrfId.HMAC_SHA2_512 -> Optional.of(new Prf(64, SHA512Digest::new));
      default -> Optional.empty();
    };
  }

  /**
   * The PRF with this transform id.
   *
   * @throws CryptoException when it is not supported
   */
  public static Prf of(int prfId) throws CryptoException {
    return find(prfId)
        .orElseThrow(() -> new CryptoException("PRF transform " + prfId + " is not supported"));
  }

  /** Octets of the preferred key, which is also the output: the length of SK_d and SK_p. */
  public int keyLength() {
    return length;
  }

  /** prf(key, data[0] | data[1] | ...): {@link #keyLength} octets. */
  public byte[] compute(Secret key, byte[]... data) {
    HMac mac = mac(key);
    for (byte[] part : data) {
      mac.update(part, 0, part.length);
    }
    byte[] out = new byte[length];
    mac.doFinal(out, 0);
    return out;
  }

  /** As {@link #compute}, for results that are keys themselves. */
  public Secret computeSecret(Secret key, byte[]... data) {
    return Secret.wrap(compute(key, data));
  }

  /**
   * prf+(key, seed) = T1 | T2 | ..., Tn = prf(key, Tn-1 | seed | n), cut to {@code octets}.
   *
   * @throws IllegalArgumentException when {@code octets} is not 1 to 255 blocks
   */
  public Secret plus(Secret key, byte[] seed, int octets) {
    if (octets < 1 || octets > MAX_BLOCKS * length) {
      throw new IllegalArgumentException("prf+ cannot make " + octets + " octets");
    }
    byte[] out = new byte[octets];
    byte[] block = new byte[length];
    HMac mac = mac(key);
    for (int n = 1, done = 0; done < octets; n++, done += length) {
      if (n > 1) {
        mac.update(block, 0, length);
      }
      mac.update(seed, 0, seed.length);
      mac.update((byte) n);
      mac.doFinal(block, 0);
      System.arraycopy(block, 0, out, done, Math.min(length, octets - done));
    }
    Arrays.fill(block, (byte) 0);
    return Secret.wrap(out);
  }

  private HMac mac(Secret key) {
    HMac mac = new HMac(digest.get());
    mac.init(new KeyParameter(key.bytes()));
    return mac;
  }
}
