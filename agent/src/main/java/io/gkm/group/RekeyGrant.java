package io.gkm.group;

import io.gkm.ike.crypto.RekeyKeys;

/**
 * A Rekey SA that was accepted, not yet in use. Owns its keys until somebody takes them.
 *
 * @param path the key path that goes with it
 */
record RekeyGrant(
    RekeyPolicy policy, RekeyKeys keys, RekeyAuthentication authentication, KeyPath path)
    implements AutoCloseable {
  /** Zeroes the keys. */
  @Override
  public void close() {
    keys.close();
    path.close();
  }
}
