package io.gkm.ike.crypto;

import io.gkm.ike.wire.HashId;
import java.util.Arrays;
import java.util.Optional;

/** Hash algorithms for signatures (RFC 7427 section 7); SHA-1 is not among them. */
public enum SignatureHash {
  SHA2_256(HashId.SHA2_256, "SHA-256", 32),
  SHA2_384(HashId.SHA2_384, "SHA-384", 48),
  SHA2_512(HashId.SHA2_512, "SHA-512", 64);

  private final int id;
  private final String digestName;
  private final int octets;

  SignatureHash(int id, String digestName, int octets) {
    this.id = id;
    this.digestName = digestName;
    this.octets = octets;
  }

  /** The hash with this number in SIGNATURE_HASH_ALGORITHMS, if it is accepted. */
  public static Optional<SignatureHash> find(int hashId) {
    return Arrays.stream(values()).filter(hash -> hash.id == hashId).findFirst();
  }

  /** Its number in SIGNATURE_HASH_ALGORITHMS. */
  public int id() {
    return id;
  }

  /** Octets of a hash. */
  public int octets() {
    return octets;
  }

  /** The JDK's name: {@code SHA-256}. */
  String digestName() {
    return digestName;
  }

  /** As in the JDK's names of signatures: {@code SHA256}. */
  String jdkName() {
    return digestName.replace("-", "");
  }

  @Override
  public String toString() {
    return name().replace('_', '-');
  }
}
