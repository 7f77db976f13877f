package io.gkm.agent.config;

import io.gkm.ike.crypto.CryptoException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Optional;

/**
 * Files that a configuration names, relative to its folder. What is wrong with one is reported
 * where it is named.
 */
record NamedFiles(Path folder, Problems problems) {
  /** Reads one. */
  interface Loader<T> {
    T load(Path file) throws RefusedFileException, CryptoException, CertificateEncodingException;
  }

  /**
   * What the loader makes of the file; empty when that cannot be, which is reported then.
   *
   * @param key what names it
   */
  <T> Optional<T> load(Located<String> file, String key, Loader<T> loader) {
    try {
      return Optional.of(loader.load(folder.resolve(file.value()).normalize()));
    } catch (RefusedFileException | CryptoException | CertificateEncodingException e) {
      problems.error(file.at(), key + ": " + e.getMessage());
    } catch (InvalidPathException e) {
      problems.error(file.at(), key + " is not a path: " + e.getReason());
    }
    return Optional.empty();
  }
}
