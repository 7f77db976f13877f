package io.gkm.agent.config;

import io.gkm.ike.crypto.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a pre-shared key (RFC 7296 section 2.15) from a file that nobody else may read: the octets
 * of the file without one newline at the end, or, when they begin with {@code 0x}, the octets
 * written in hexadecimal after it. Buffers are zeroed.
 */
final class PskFile {
  static final int MAX_OCTETS = 4096;

  /** RFC 7296 section 2.15 asks for as much unpredictability as the strongest key negotiated. */
  static final int WEAK_BELOW_OCTETS = 16;

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /** A key that cannot be used; the message says why and what to do. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private Refused(String message) {
      super(message);
    }
  }

  /**
   * @param secret owned by the caller
   * @param doubt what a person should look at
   */
  record Psk(Secret secret, Optional<String> doubt) {}

  private PskFile() {}

  static Psk read(Path file) throws Refused {
    try {
      checkAttributes(file);
      return decode(file, readAll(file));
    } catch (NoSuchFileException e) {
      throw new Refused(file + " does not exist; put the pre-shared key there");
    } catch (IOException | UnsupportedOperationException e) {
      throw new Refused("cannot read " + file + ": " + reason(e));
    }
  }

  private static void checkAttributes(Path file) throws IOException, Refused {
    if (!Files.isRegularFile(file)) {
      if (Files.notExists(file)) {
        throw new NoSuchFileException(file.toString());
      }
      throw new Refused(file + " is not a regular file");
    }
    int owner = (int) Files.getAttribute(file, "unix:uid");
    int self = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (owner != 0 && owner != self) {
      throw new Refused(
          "%s belongs to user id %d; it must belong to root or to the user gkm runs as: chown %s %s"
              .formatted(file, owner, self == 0 ? "root" : Integer.toString(self), file));
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.stream().anyMatch(OTHERS::contains)) {
      throw new Refused(
          "others may read or change %s; make it private: chmod 600 %s".formatted(file, file));
    }
  }

  private static byte[] readAll(Path file) throws IOException {
    // One octet more than the longest file tells a file that is too long.
    byte[] buffer = new byte[2 + 2 * MAX_OCTETS + 2];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer target = ByteBuffer.wrap(buffer);
      while (target.hasRemaining() && channel.read(target) >= 0) {
        // keeps reading: a read may return less than there is
      }
      return Arrays.copyOf(buffer, target.position());
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  /** Takes over {@code content} and zeroes it. */
  static Psk decode(Path file, byte[] content) throws Refused {
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
        throw new Refused(
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

  private static byte[] hex(Path file, byte[] content, int length) throws Refused {
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
      throw new Refused(
          file + " begins with 0x but is not an even number of hexadecimal digits after it");
    }
    return octets;
  }

  private static String reason(Exception e) {
    return e instanceof java.nio.file.AccessDeniedException ? "permission denied" : e.getMessage();
  }
}
