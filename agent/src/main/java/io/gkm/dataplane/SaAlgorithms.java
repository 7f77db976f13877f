package io.gkm.dataplane;

import io.gkm.ike.crypto.Secret;

/**
 * The algorithms of an SA by their names in the Linux crypto API, with keys.
 *
 * @param encryption AEAD or cipher; empty with AH
 * @param encryptionKey key and salt; empty with AH
 * @param aeadIcvBits ICV length of an AEAD; 0: a cipher, with {@code integrity} beside it or alone
 * @param integrity hash; empty with an AEAD
 * @param integrityKey empty with an AEAD
 * @param truncatedBits ICV length of the hash ({@code XFRMA_ALG_AUTH_TRUNC}); 0 with an AEAD
 */
record SaAlgorithms(
    String encryption,
    Secret encryptionKey,
    int aeadIcvBits,
    String integrity,
    Secret integrityKey,
    int truncatedBits)
    implements AutoCloseable {

  /** Wipes the keys. */
  @Override
  public void close() {
    encryptionKey.close();
    integrityKey.close();
  }
}
