package io.gkm.ike.crypto;

import io.gkm.ike.crypto.DataTransform.Kind;

/** Cuts the key material of an unwrapped SA_KEY into the keys of the SA. */
public final class GroupKeys {
  private GroupKeys() {}

  /**
   * Splits data-security SA key material: encryption key with its salt first, integrity key after
   * it (RFC 7296 section 2.17).
   *
   * @param encrId ENCR transform id; 0 for AH, which has none
   * @param keyBits its Key Length attribute, 0 when absent
   * @param integId INTEG transform id; 0 when there is none
   * @param material stays the caller's
   * @throws CryptoException when a transform is not accepted, the two do not go together, or the
   *     material does not have exactly the octets they need
   */
  public static DataSaKeys split(int encrId, int keyBits, int integId, Secret material)
      throws CryptoException {
    int encryption = 0;
    boolean needsIntegrity = true;
    if (encrId != 0) {
      DataTransform encr = DataTransforms.encryption(encrId, keyBits);
      encryption = encr.materialOctets();
      needsIntegrity = encr.kind() == Kind.CIPHER;
    }
    if (needsIntegrity != (integId != 0)) {
      throw new CryptoException(
          "ENCR transform " + encrId + " and INTEG transform " + integId + " do not go together");
    }
    int integrity = integId == 0 ? 0 : DataTransforms.integrity(integId).materialOctets();
    if (material.length() != encryption + integrity) {
      throw new CryptoException(
          "key material has "
              + material.length()
              + " octets, the SA needs "
              + (encryption + integrity));
    }
    return new DataSaKeys(material.slice(0, encryption), material.slice(encryption, integrity));
  }
}
