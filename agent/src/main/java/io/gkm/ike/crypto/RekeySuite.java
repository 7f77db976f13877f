package io.gkm.ike.crypto;

/**
 * The transforms of a Rekey SA (RFC 9838 section 4.4.2): how GSA_REKEY messages are encrypted and
 * how keys inside them are wrapped.
 *
 * @param encrId ENCR transform id
 * @param encrKeyBits its Key Length attribute, 0 when absent
 * @param integId INTEG transform id, 0 exactly when ENCR is an AEAD
 * @param kwaId key wrap algorithm
 */
public record RekeySuite(int encrId, int encrKeyBits, int integId, int kwaId) {
  /**
   * @throws IllegalArgumentException when {@link #problem} names one
   */
  public RekeySuite {
    String problem = problem(encrId, encrKeyBits, integId, kwaId);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** Why these transforms cannot be a suite, or an empty string when they can. */
  public static String problem(int encrId, int encrKeyBits, int integId, int kwaId) {
    EncrAlgorithm encr = EncrAlgorithm.find(encrId).orElse(null);
    if (encr == null || !encr.allowsKeyBits(encrKeyBits)) {
      return "ENCR transform " + encrId + " with " + encrKeyBits + " key bits is not supported";
    }
    IntegAlgorithm integ = IntegAlgorithm.find(integId).orElse(null);
    if (integ == null || encr.isAead() != (integ == IntegAlgorithm.NONE)) {
      return "INTEG transform " + integId + " is not possible with " + encr;
    }
    if (!KeyWrap.isSupported(kwaId)) {
      return "key wrap algorithm " + kwaId + " is not supported";
    }
    return "";
  }

  /** The cipher. */
  public EncrAlgorithm encr() {
    return EncrAlgorithm.find(encrId).orElseThrow();
  }

  /** The integrity algorithm; {@link IntegAlgorithm#NONE} with an AEAD. */
  public IntegAlgorithm integ() {
    return IntegAlgorithm.find(integId).orElseThrow();
  }

  /** Octets of GSK_e: key and salt. */
  int gskELength() {
    return encr().keyAndSaltOctets(encrKeyBits);
  }

  /** Octets of GSK_w. */
  int gskWLength() {
    try {
      return KeyWrap.keyLength(kwaId);
    } catch (CryptoException e) {
      throw new IllegalStateException("checked when the suite was made", e);
    }
  }

  /** Octets of the key material of such a Rekey SA: what its SA_KEY must unwrap to. */
  public int materialLength() {
    return gskELength() + integ().keyOctets() + gskWLength();
  }
}
