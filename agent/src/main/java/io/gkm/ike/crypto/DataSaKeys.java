package io.gkm.ike.crypto;

/**
 * Keys of one data-security SA.
 *
 * @param encryption key and salt of the AEAD or cipher; empty with ENCR_NULL and with AH
 * @param integrity key of the integrity algorithm; empty with an AEAD
 */
public record DataSaKeys(Secret encryption, Secret integrity) implements AutoCloseable {
  /** Zeroes both keys. */
  @Override
  public void close() {
    encryption.close();
    integrity.close();
  }
}
