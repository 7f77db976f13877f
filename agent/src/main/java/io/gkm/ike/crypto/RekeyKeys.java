package io.gkm.ike.crypto;

import java.security.SecureRandom;

/**
 * The keys of a Rekey SA (RFC 9838 section 3.4): {@code KEYMAT = GSK_e | GSK_a | GSK_w}.
 *
 * <p>Owns its secrets; what is made from it works until it is closed.
 */
public record RekeyKeys(RekeySuite suite, Secret gskE, Secret gskA, Secret gskW)
    implements AutoCloseable {
  /**
   * Cuts key material.
   *
   * @param material stays the caller's
   * @throws CryptoException when it does not have exactly the octets the suite needs
   */
  public static RekeyKeys split(RekeySuite suite, Secret material) throws CryptoException {
    if (material.length() != suite.materialLength()) {
      throw new CryptoException(
          "key material has "
              + material.length()
              + " octets, the Rekey SA needs "
              + suite.materialLength());
    }
    int e = suite.gskELength();
    int a = suite.integ().keyOctets();
    return new RekeyKeys(
        suite,
        material.slice(0, e),
        material.slice(e, a),
        material.slice(e + a, suite.gskWLength()));
  }

  /**
   * Protection of GSA_REKEY messages. Only one party seals with it, the GCKS, from one such object:
   * it counts the IVs.
   */
  public SkCipher cipher(SecureRandom random) throws CryptoException {
    return SkCipher.of(suite.encr(), suite.integ(), gskE, gskA, random);
  }

  /** As {@link #cipher(SecureRandom)} with IVs from elsewhere. */
  public SkCipher cipher(IvSource ivs) throws CryptoException {
    return SkCipher.of(suite.encr(), suite.integ(), gskE, gskA, ivs);
  }

  /** The default key wrap of what travels over this SA, with a GSK_w of its own. */
  public KeyWrap keyWrap() throws CryptoException {
    return KeyWrap.of(suite.kwaId(), gskW.slice(0, gskW.length()));
  }

  /** Zeroes all keys. */
  @Override
  public void close() {
    gskE.close();
    gskA.close();
    gskW.close();
  }
}
