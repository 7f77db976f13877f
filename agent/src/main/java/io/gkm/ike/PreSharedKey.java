package io.gkm.ike;

import io.gkm.ike.crypto.Secret;

/**
 * Both sides prove that they know one secret: AUTH method 2, Shared Key Message Integrity Code (RFC
 * 7296 section 2.15).
 *
 * @param secret stays the caller's: a session uses it without closing it
 */
public record PreSharedKey(Secret secret) implements Authentication {
  /**
   * @throws IllegalArgumentException when the secret is empty
   */
  public PreSharedKey {
    if (secret.length() == 0) {
      throw new IllegalArgumentException("the pre-shared key is empty");
    }
  }
}
