package io.gkm.group;

/** Whether a group's traffic may be protected without being hidden. */
public enum Confidentiality {
  /** Only ESP that encrypts is accepted. */
  REQUIRED,
  /**
   * AH, and ESP with ENCR_NULL or ENCR_NULL_AUTH_AES_GMAC, are accepted too: authentic, but anybody
   * can read it.
   */
  OPTIONAL
}
