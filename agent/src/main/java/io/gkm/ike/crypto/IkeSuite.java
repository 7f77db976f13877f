package io.gkm.ike.crypto;

/**
 * The transforms selected for an IKE SA (RFC 7296 section 3.3, RFC 9838 section 2.2).
 *
 * @param encrId ENCR transform id
 * @param encrKeyBits its Key Length attribute, 0 when absent
 * @param prfId PRF transform id
 * @param integId INTEG transform id, 0 exactly when ENCR is an AEAD
 * @param keMethod key exchange method
 * @param kwaId key wrap algorithm; 0 for an IKE SA over which no group keys can come
 */
public record IkeSuite(
    int encrId, int encrKeyBits, int prfId, int integId, int keMethod, int kwaId) {
  /**
   * @throws IllegalArgumentException when {@link #problem} names one
   */
  public IkeSuite {
    String problem = problem(encrId, encrKeyBits, prfId, integId, keMethod, kwaId);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** Why these transforms cannot be a suite, or an empty string when they can. */
  public static String problem(
      int encrId, int encrKeyBits, int prfId, int integId, int keMethod, int kwaId) {
    EncrAlgorithm encr = EncrAlgorithm.find(encrId).orElse(null);
    if (encr == null || !encr.allowsKeyBits(encrKeyBits)) {
      return "ENCR transform " + encrId + " with " + encrKeyBits + " key bits is not supported";
    }
    if (Prf.find(prfId).isEmpty()) {
      return "PRF transform " + prfId + " is not supported";
    }
    IntegAlgorithm integ = IntegAlgorithm.find(integId).orElse(null);
    if (integ == null || encr.isAead() != (integ == IntegAlgorithm.NONE)) {
      return "INTEG transform " + integId + " is not possible with " + encr;
    }
    if (!KeyExchange.isSupported(keMethod)) {
      return "key exchange method " + keMethod + " is not supported";
    }
    if (kwaId != 0 && !KeyWrap.isSupported(kwaId)) {
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

  /** The pseudorandom function. */
  public Prf prf() {
    return Prf.find(prfId).orElseThrow();
  }

  /** Octets of SK_ei and SK_er: key and salt. */
  public int skeLength() {
    return encr().keyAndSaltOctets(encrKeyBits);
  }

  /** Octets of SK_ai and SK_ar: 0 with an AEAD. */
  public int skaLength() {
    return integ().keyOctets();
  }

  /** Octets of SK_d. */
  public int skdLength() {
    return prf().keyLength();
  }

  /** Octets of SK_pi and SK_pr. */
  public int skpLength() {
    return prf().keyLength();
  }
}
