package io.gkm.ike.crypto;

import io.gkm.ike.wire.IntegId;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Integrity algorithms (Transform Type 3) that protect IKE messages together with a cipher that is
 * not an AEAD. RFC 4868: the key is as long as the hash, the ICV half of it.
 */
public enum IntegAlgorithm {
  /** No separate integrity algorithm: the cipher is an AEAD. */
  NONE(IntegId.NONE, 0, 0),
  HMAC_SHA2_256_128(IntegId.HMAC_SHA2_256_128, 32, 16),
  HMAC_SHA2_384_192(IntegId.HMAC_SHA2_384_192, 48, 24),
  HMAC_SHA2_512_256(IntegId.HMAC_SHA2_512_256, 64, 32);

  private final int id;
  private final int keyOctets;
  private final int icvOctets;

  IntegAlgorithm(int id, int keyOctets, int icvOctets) {
    this.id = id;
    this.keyOctets = keyOctets;
    this.icvOctets = icvOctets;
  }

  /** The algorithm with this transform id, if it is supported; 0 is {@link #NONE}. */
  public static Optional<IntegAlgorithm> find(int integId) {
    return Arrays.stream(values()).filter(a -> a.id == integId).findFirst();
  }

  /** The transform id. */
  public int id() {
    return id;
  }

  /** Octets of the key (SK_a, GSK_a). */
  public int keyOctets() {
    return keyOctets;
  }

  /** Octets of the truncated ICV. */
  public int icvOctets() {
    return icvOctets;
  }

  /** The ICV over the first {@code length} octets of {@code message}. */
  byte[] icv(Secret key, byte[] message, int length) {
    HMac mac = new HMac(digest());
    mac.init(new KeyParameter(key.bytes()));
    mac.update(message, 0, length);
    byte[] full = new byte[mac.getMacSize()];
    mac.doFinal(full, 0);
    return Arrays.copyOf(full, icvOctets);
  }

  private Digest digest() {
    return switch (this) {
      case NONE -> throw new IllegalStateException("no integrity algorithm, no ICV");
      case HMAC_SHA2_256_128 -> new SHA256Digest();
      case HMAC_SHA2_384_192 -> new SHA384Digest();
      case HMAC_SHA2_512_256 -> new SHA512Digest();
    };
  }
}
