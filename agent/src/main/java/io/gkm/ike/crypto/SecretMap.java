package io.gkm.ike.crypto;

import io.gkm.ike.wire.Octets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds secrets of the same content without comparing each with each. Holds SHA-256 digests of
 * them, no copies: the secrets stay with their owners. For a short time only.
 *
 * @param <V> what is known about a secret
 */
public final class SecretMap<V> {
  private final Map<Octets, V> known = new HashMap<>();
  private final MessageDigest sha256;

  public SecretMap() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Puts one in that is not there.
   *
   * @return what is known about one of the same content, which stays
   */
  public Optional<V> putIfAbsent(Secret secret, V value) {
    return Optional.ofNullable(known.putIfAbsent(digest(secret), value));
  }

  /** What is known about one of this content. */
  public Optional<V> find(Secret secret) {
    return Optional.ofNullable(known.get(digest(secret)));
  }

  private Octets digest(Secret secret) {
    return Octets.of(sha256.digest(secret.bytes()));
  }
}
