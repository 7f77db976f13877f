package io.gkm.ike.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * The keys of an IKE SA (RFC 7296 section 2.14).
 *
 * <pre>
 *   SKEYSEED = prf(Ni | Nr, g^ir)
 *   SK_d | SK_ai | SK_ar | SK_ei | SK_er | SK_pi | SK_pr = prf+(SKEYSEED, Ni | Nr | SPIi | SPIr)
 * </pre>
 *
 * <p>Owns its secrets; ciphers made from it work until it is closed.
 */
public record IkeKeys(
    IkeSuite suite,
    Secret skD,
    Secret skAi,
    Secret skAr,
    Secret skEi,
    Secret skEr,
    Secret skPi,
    Secret skPr)
    implements AutoCloseable {
  private static final byte[] KEY_WRAP_LABEL =
      "Key Wrap for G-IKEv2".getBytes(StandardCharsets.US_ASCII);

  /**
   * The keys of a new IKE SA.
   *
   * @param gir the shared secret of the key exchange; stays the caller's
   * @param ni initiator's nonce, without payload header
   * @param nr responder's nonce
   */
  public static IkeKeys derive(
      IkeSuite suite, Secret gir, byte[] ni, byte[] nr, long spiI, long spiR) {
    try (Secret nonces = Secret.wrap(concat(ni, nr));
        Secret skeyseed = suite.prf().computeSecret(nonces, gir.bytes())) {
      return expand(suite, skeyseed, ni, nr, spiI, spiR);
    }
  }

  /**
   * The keys of an IKE SA that replaces another one (RFC 7296 section 2.18): SKEYSEED = prf(SK_d
   * (old), g^ir | Ni | Nr) with the old IKE SA's PRF, the rest with the new one's.
   *
   * @param old keys of the IKE SA that is rekeyed
   * @param gir the shared secret of the new key exchange; stays the caller's
   */
  public static IkeKeys rekey(
      IkeKeys old, IkeSuite suite, Secret gir, byte[] ni, byte[] nr, long spiI, long spiR) {
    Prf prf = old.suite().prf();
    try (Secret skeyseed = prf.computeSecret(old.skD(), gir.bytes(), ni, nr)) {
      return expand(suite, skeyseed, ni, nr, spiI, spiR);
    }
  }

  private static IkeKeys expand(
      IkeSuite suite, Secret skeyseed, byte[] ni, byte[] nr, long spiI, long spiR) {
    byte[] seed =
        ByteBuffer.allocate(ni.length + nr.length + 2 * Long.BYTES)
            .put(ni)
            .put(nr)
            .putLong(spiI)
            .putLong(spiR)
            .array();
    int d = suite.skdLength();
    int a = suite.skaLength();
    int e = suite.skeLength();
    int p = suite.skpLength();
    try (Secret all = suite.prf().plus(skeyseed, seed, d + 2 * (a + e + p))) {
      return new IkeKeys(
          suite,
          all.slice(0, d),
          all.slice(d, a),
          all.slice(d + a, a),
          all.slice(d + 2 * a, e),
          all.slice(d + 2 * a + e, e),
          all.slice(d + 2 * (a + e), p),
          all.slice(d + 2 * (a + e) + p, p));
    }
  }

  /** GSK_w of this IKE SA: prf+(SK_d, "Key Wrap for G-IKEv2"), as long as its KWA's key. */
  public Secret gskW() throws CryptoException {
    return suite.prf().plus(skD, KEY_WRAP_LABEL, KeyWrap.keyLength(suite.kwaId()));
  }

  /** The key wrap of this IKE SA, under a GSK_w of its own: the caller closes it. */
  public KeyWrap keyWrap() throws CryptoException {
    return KeyWrap.of(suite.kwaId(), gskW());
  }

  /** Protection of what the original initiator sends. Make it once: it counts the IVs. */
  public SkCipher initiatorCipher(SecureRandom random) throws CryptoException {
    return SkCipher.of(suite.encr(), suite.integ(), skEi, skAi, random);
  }

  /** Protection of what the original responder sends. Make it once: it counts the IVs. */
  public SkCipher responderCipher(SecureRandom random) throws CryptoException {
    return SkCipher.of(suite.encr(), suite.integ(), skEr, skAr, random);
  }

  /** Zeroes all keys. */
  @Override
  public void close() {
    skD.close();
    skAi.close();
    skAr.close();
    skEi.close();
    skEr.close();
    skPi.close();
    skPr.close();
  }

  private static byte[] concat(byte[] a, byte[] b) {
    return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
  }
}
