package io.gkm.ike.crypto;

/**
 * Something received failed a cryptographic check: an ICV, a key share, a wrapped key, a length, an
 * algorithm that is not supported. The message never contains key material.
 */
public class CryptoException extends Exception {
  /** Says what failed, and where the number matters, what was expected. */
  public CryptoException(String message) {
    super(message);
  }

  /** The same, with the primitive's own complaint attached. */
  public CryptoException(String message, Throwable cause) {
    super(message, cause);
  }
}
