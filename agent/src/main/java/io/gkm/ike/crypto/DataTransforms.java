package io.gkm.ike.crypto;

import io.gkm.ike.crypto.DataTransform.Kind;
import io.gkm.ike.wire.EncrId;
import io.gkm.ike.wire.IntegId;
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

  // id, IANA name, kernel name, octets of salt, then for AEADs the ICV bits, for ciphers whether it
  // is a counter mode
  private static final List<Row> ENCR =
      List.of(
          new Row(Kind.CIPHER, EncrId.NULL, "ENCR_NULL", "ecb(cipher_null)", FIXED, 0, 0, 0, false),
          cipher(EncrId.AES_CBC, "ENCR_AES_CBC", "cbc(aes)", 0, false),
          cipher(EncrId.AES_CTR, "ENCR_AES_CTR", "rfc3686(ctr(aes))", 4, true),
          aead(EncrId.AES_CCM_8, "ENCR_AES_CCM_8", "rfc4309(ccm(aes))", 3, 64),
          aead(EncrId.AES_CCM_12, "ENCR_AES_CCM_12", "rfc4309(ccm(aes))", 3, 96),
          aead(EncrId.AES_CCM_16, "ENCR_AES_CCM_16", "rfc4309(ccm(aes))", 3, 128),
          aead(EncrId.AES_GCM_8, "ENCR_AES_GCM_8", "rfc4106(gcm(aes))", 4, 64),
          aead(EncrId.AES_GCM_12, "ENCR_AES_GCM_12", "rfc4106(gcm(aes))", 4, 96),
          aead(EncrId.AES_GCM_16, "ENCR_AES_GCM_16", "rfc4106(gcm(aes))", 4, 128),
          aead(EncrId.NULL_AUTH_AES_GMAC, "ENCR_NULL_AUTH_AES_GMAC", "rfc4543(gcm(aes))", 4, 128),
          chaCha20Poly1305());

  private static final List<Row> INTEG =
      List.of(
          integ(IntegId.AES_CMAC_96, "AUTH_AES_CMAC_96", "cmac(aes)", 16, 96),
          integ(IntegId.HMAC_SHA2_256_128, "AUTH_HMAC_SHA2_256_128", "hmac(sha256)", 32, 128),
          integ(IntegId.HMAC_SHA2_384_192, "AUTH_HMAC_SHA2_384_192", "hmac(sha384)", 48, 192),
          integ(IntegId.HMAC_SHA2_512_256, "AUTH_HMAC_SHA2_512_256", "hmac(sha512)", 64, 256));

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

  private static Row cipher(int id, String name, String kernelName, int salt, boolean counter) {
    return new Row(Kind.CIPHER, id, name, kernelName, AES, 0, salt, 0, counter);
  }

  private static Row aead(int id, String name, String kernelName, int salt, int icvBits) {
    return new Row(Kind.AEAD, id, name, kernelName, AES, 0, salt, icvBits, true);
  }

  private static Row chaCha20Poly1305() {
    int id = EncrId.CHACHA20_POLY1305;
    String kernelName = "rfc7539esp(chacha20,poly1305)";
    return new Row(Kind.AEAD, id, "ENCR_CHACHA20_POLY1305", kernelName, FIXED, 32, 4, 128, true);
  }

  private static Row integ(int id, String name, String kernelName, int keyOctets, int icvBits) {
    return new Row(Kind.INTEGRITY, id, name, kernelName, FIXED, keyOctets, 0, icvBits, false);
  }
}
