package io.gkm.agent.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Reads a file with a secret, which nobody else may read or change. Buffers are zeroed. */
final class PrivateFile {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private PrivateFile() {}

  /**
   * The file's octets, which the caller zeroes; no more than {@code most} + 1 of them.
   *
   * @param what is in it, for messages
   * @throws RefusedFileException when it is not there, not private or not readable
   */
  static byte[] read(Path file, int most, String what) throws RefusedFileException {
    try {
      checkAttributes(file);
      return readAll(file, most);
    } catch (NoSuchFileException e) {
      throw new RefusedFileException(file + " does not exist; put the " + what + " there");
    } catch (IOException | UnsupportedOperationException e) {
      throw new RefusedFileException("cannot read " + file + ": " + reason(e));
    }
  }

  private static void checkAttributes(Path file) throws IOException, RefusedFileException {
    if (!Files.isRegularFile(file)) {
      if (Files.notExists(file)) {
        throw new NoSuchFileException(file.toString());
      }
      throw new RefusedFileException(file + " is not a regular file");
    }
    int owner = (int) Files.getAttribute(file, "unix:uid");
    int self = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (owner != 0 && owner != self) {
      throw new RefusedFileException(
          "%s belongs to user id %d; it must belong to root or to the user gkm runs as: chown %s %s"
              .formatted(file, owner, self == 0 ? "root" : Integer.toString(self), file));
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.stream().anyMatch(OTHERS::contains)) {
      throw new RefusedFileException(
          "others may read or change %s; make it private: chmod 600 %s".formatted(file, file));
    }
  }

  private static byte[] readAll(Path file, int most) throws IOException {
    // One octet more than the longest file tells a file that is too long.
    byte[] buffer = new byte[most + 1];
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

  private static String reason(Exception e) {
    return e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
  }
}
