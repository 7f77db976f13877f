package io.gkm.ike.crypto;

import io.gkm.ike.crypto.DataTransform.Kind;
import java.util.Optional;

/**
 * The algorithms of one data-security SA. ESP: an AEAD alone, or a cipher with an integrity
 * algorithm. AH: an integrity algorithm alone.
 *
 * @param encryption AEAD or cipher; empty with AH
 * @param integrity empty with an AEAD
 */
public record DataSuite(Optional<DataTransform> encryption, Optional<DataTransform> integrity) {
  public DataSuite {
    boolean needsIntegrity = encryption.isEmpty() || encryption.get().kind() == Kind.CIPHER;
    if (needsIntegrity != integrity.isPresent()) {
      throw new IllegalArgumentException("not a suite: " + encryption + " and " + integrity);
    }
  }

  /**
   * The suite of an ESP SA.
   *
   * @param encrId ENCR transform id
   * @param keyBits its Key Length attribute, 0 when absent
   * @param integId INTEG transform id; 0 when there is none
   * @throws CryptoException when a transform is not accepted or the two do not go together
   */
  public static DataSuite esp(int encrId, int keyBits, int integId) throws CryptoException {
    DataTransform encryption = DataTransforms.encryption(encrId, keyBits);
    boolean needsIntegrity = encryption.kind() == Kind.CIPHER;
    if (needsIntegrity != (integId != 0)) {
      throw new CryptoException(
          encryption.name()
              + (needsIntegrity
                  ? " without an integrity transform, which it needs"
                  : " with an integrity transform, which it must not have"));
    }
    return new DataSuite(
        Optional.of(encryption),
        needsIntegrity ? Optional.of(DataTransforms.integrity(integId)) : Optional.empty());
  }

  /**
   * The suite of an AH SA.
   *
   * @param integId INTEG transform id
   * @throws CryptoException when it is not accepted
   */
  public static DataSuite ah(int integId) throws CryptoException {
    return new DataSuite(Optional.empty(), Optional.of(DataTransforms.integrity(integId)));
  }

  /**
   * Splits key material of an unwrapped SA_KEY into the SA's keys: encryption key with its salt
   * first, integrity key after it (RFC 7296 section 2.17).
   *
   * @param material stays the caller's
   * @throws CryptoException when it does not have exactly the octets the algorithms need
   */
  public DataSaKeys split(Secret material) throws CryptoException {
    if (material.length() != materialOctets()) {
      throw new CryptoException(
          "key material has " + material.length() + " octets, the SA needs " + materialOctets());
    }
    int first = octets(encryption);
    return new DataSaKeys(material.slice(0, first), material.slice(first, octets(integrity)));
  }

  /** Octets of key material: keys and salt. */
  public int materialOctets() {
    return octets(encryption) + octets(integrity);
  }

  private static int octets(Optional<DataTransform> transform) {
    return transform.map(DataTransform::materialOctets).orElse(0);
  }

  /** Whether its IV must never repeat under one key, whoever sends (RFC 6054). */
  public boolean counterMode() {
    return encryption.isPresent() && encryption.get().counterMode();
  }

  /** Whether it hides what it protects: not AH, ENCR_NULL or ENCR_NULL_AUTH_AES_GMAC. */
  public boolean confidential() {
    return encryption.isPresent() && encryption.get().encrypts();
  }

  /** The algorithms' IANA names, {@code +} between cipher and integrity algorithm. */
  public String name() {
    if (encryption.isEmpty()) {
      return integrity.orElseThrow().name();
    }
    return encryption.get().name() + integrity.map(i -> "+" + i.name()).orElse("");
  }
}
