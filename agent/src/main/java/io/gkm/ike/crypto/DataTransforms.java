package io.gkm.ike.crypto;

import io.gkm.ike.crypto.DataTransform.Kind;
import java.util.List;
import java.util.Set;

/**
 * The algorithms accepted for data-security SAs: what the Linux kernel implements, less what RFC
 * 8221 and RFC 9395 retire. Refused on purpose: 3DES, HMAC-MD5-96, HMAC-SHA1-96, AES-XCBC-96.
 *
 * <p>AES-GMAC for AH (INTEG 9 to 11) is not in the kernel.
 */
public final class DataTransforms {
  private static final Set<Integer> AES = Set.of(128, 192, 256);
  // "No Key Length attribute": the key has one size.
  private static final Set<Integer> FIXED = Set.of(0);

  private record Row(
      Kind kind,
      int id,
      String name,
      String kernelName,
      Set<Integer> keyBits,
      int fixedOctets,
      int saltOctets,
      int icvBits,
      boolean counterMode) {
    DataTransform with(int bits) {
      boolean fixed = bits == 0;
      return new DataTransform(
          kind,
          id,
          fixed ? name : name + "-" + bits,
          kernelName,
          fixed ? fixedOctets : bits / Byte.SIZE,
          saltOctets,
          icvBits,
          counterMode);
    }
  }

  // kind, id, IANA name, kernel name, Key Length values, fixed key octets, salt, ICV bits, counter
  private static final List<Row> ENCR =
      List.of(
          new Row(Kind.CIPHER, 11, "ENCR_NULL", "ecb(cipher_null)", FIXED, 0, 0, 0, false),
          new Row(Kind.CIPHER, 12, "ENCR_AES_CBC", "cbc(aes)", AES, 0, 0, 0, false),
          new Row(Kind.CIPHER, 13, "ENCR_AES_CTR", "rfc3686(ctr(aes))", AES, 0, 4, 0, true),
          new Row(Kind.AEAD, 14, "ENCR_AES_CCM_8", "rfc4309(ccm(aes))", AES, 0, 3, 64, true),
          new Row(Kind.AEAD, 15, "ENCR_AES_CCM_12", "rfc4309(ccm(aes))", AES, 0, 3, 96, true),
          new Row(Kind.AEAD, 16, "ENCR_AES_CCM_16", "rfc4309(ccm(aes))", AES, 0, 3, 128, true),
          new Row(Kind.AEAD, 18, "ENCR_AES_GCM_8", "rfc4106(gcm(aes))", AES, 0, 4, 64, true),
          new Row(Kind.AEAD, 19, "ENCR_AES_GCM_12", "rfc4106(gcm(aes))", AES, 0, 4, 96, true),
          new Row(Kind.AEAD, 20, "ENCR_AES_GCM_16", "rfc4106(gcm(aes))", AES, 0, 4, 128, true),
          new Row(
              Kind.AEAD, 21, "ENCR_NULL_AUTH_AES_GMAC", "rfc4543(gcm(aes))", AES, 0, 4, 128, true),
          new Row(
              Kind.AEAD,
              28,
              "ENCR_CHACHA20_POLY1305",
              "rfc7539esp(chacha20,poly1305)",
              FIXED,
              32,
              4,
              128,
              true));

  private static final List<Row> INTEG =
      List.of(
          integ(8, "AUTH_AES_CMAC_96", "cmac(aes)", 16, 96),
          integ(12, "AUTH_HMAC_SHA2_256_128", "hmac(sha256)", 32, 128),
          integ(13, "AUTH_HMAC_SHA2_384_192", "hmac(sha384)", 48, 192),
          integ(14, "AUTH_HMAC_SHA2_512_256", "hmac(sha512)", 64, 256));

  private DataTransforms() {}

  /**
   * An ENCR transform.
   *
   * @param keyBits its Key Length attribute, 0 when absent
   * @throws CryptoException when it is not accepted, or not with this key length
   */
  public static DataTransform encryption(int encrId, int keyBits) throws CryptoException {
    return pick("ENCR", ENCR, encrId, keyBits);
  }

  /**
   * An INTEG transform.
   *
   * @throws CryptoException when it is not accepted
   */
  public static DataTransform integrity(int integId) throws CryptoException {
    return pick("INTEG", INTEG, integId, 0);
  }

  private static DataTransform pick(String type, List<Row> table, int id, int keyBits)
      throws CryptoException {
    for (Row row : table) {
      if (row.id == id) {
        if (!row.keyBits.contains(keyBits)) {
          throw new CryptoException(row.name + " does not take a key length of " + keyBits);
        }
        return row.with(keyBits);
      }
    }
    throw new CryptoException(type + " transform " + id + " is not accepted for data traffic");
  }

  private static Row integ(int id, String name, String kernelName, int keyOctets, int icvBits) {
    return new Row(Kind.INTEGRITY, id, name, kernelName, FIXED, keyOctets, 0, icvBits, false);
  }
}
