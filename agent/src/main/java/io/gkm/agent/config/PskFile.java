package io.gkm.agent.config;

import io.gkm.ike.crypto.Secret;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a pre-shared key (RFC 7296 section 2.15) from a file that nobody else may read: the octets
 * of the file without one newline at the end, or, when they begin with {@code 0x}, the octets
 * written in hexadecimal after it. Buffers are zeroed.
 */
final class PskFile {
  static final int MAX_OCTETS = 4096;

  /** RFC 7296 section 2.15 asks for as much unpredictability as the strongest key negotiated. */
  static final int WEAK_BELOW_OCTETS = 16;

  /**
   * @param secret owned by the caller
   * @param doubt what a person should look at
   */
  record Psk(Secret secret, Optional<String> doubt) {}

  private PskFile() {}

  static Psk read(Path file) throws RefusedFileException {
    return decode(file, PrivateFile.read(file, 2 + 2 * MAX_OCTETS + 1, "pre-shared key"));
  }

  /** Takes over {@code content} and zeroes it. */
  static Psk decode(Path file, byte[] content) throws RefusedFileException {
    try {
      int length = content.length;
      if (length > 0 && content[length - 1] == '\n') {
        length--;
      }
      Optional<String> doubt = Optional.empty();
      Secret secret;
      if (length >= 2 && content[0] == '0' && content[1] == 'x') {
        secret = Secret.wrap(hex(file, content, length));
      } else {
        secret = Secret.wrap(Arrays.copyOf(content, length));
        if (length > 0 && content[length - 1] == '\r') {
          doubt = Optional.of(file + " ends with a carriage return, which is part of the key");
        }
      }
      if (secret.length() == 0 || secret.length() > MAX_OCTETS) {
        secret.close();
        throw new RefusedFileException(
            "%s holds %s; a pre-shared key has 1 to %d octets"
                .formatted(file, length == 0 ? "no key" : "too long a key", MAX_OCTETS));
      }
      if (secret.length() < WEAK_BELOW_OCTETS) {
        doubt =
            Optional.of(
                "the pre-shared key in %s is short and can be guessed; use %d or more random octets"
                    .formatted(file, WEAK_BELOW_OCTETS));
      }
      return new Psk(secret, doubt);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static byte[] hex(Path file, byte[] content, int length) throws RefusedFileException {
    byte[] octets = new byte[(length - 2) / 2];
    boolean valid = length % 2 == 0;
    for (int i = 0; i < octets.length && valid; i++) {
      int high = Character.digit(content[2 + 2 * i], 16);
      int low = Character.digit(content[3 + 2 * i], 16);
      valid = high >= 0 && low >= 0;
      octets[i] = (byte) (high << 4 | low);
    }
    if (!valid) {
      Arrays.fill(octets, (byte) 0);
      throw new RefusedFileException(
          file + " begins with 0x but is not an even number of hexadecimal digits after it");
    }
    return octets;
  }
}
