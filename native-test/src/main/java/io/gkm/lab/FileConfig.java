package io.gkm.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory with a program's configuration and secrets in it, gone when closed. */
public final class FileConfig implements AutoCloseable {
  private final Path directory;

  private FileConfig(Path directory) {
    this.directory = directory;
  }

  /** A new directory that only its owner can enter. */
  public static FileConfig create(String name) {
    try {
      return new FileConfig(Files.createTempDirectory("lab-" + name + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path directory() {
    return directory;
  }

  /** The path of a file in the directory, whether it exists or not. */
  public Path path(String name) {
    return directory.resolve(name);
  }

  /** Writes a file that everybody may read (0644). */
  public Path file(String name, String content) {
    return write(name, content, "rw-r--r--");
  }

  /** Writes a file that only its owner may read (0600). */
  public Path secret(String name, String content) {
    return write(name, content, "rw-------");
  }

  private Path write(String name, String content, String permissions) {
    Path path = path(name);
    try {
      // Given its permissions while it is empty, so a secret is at no moment readable by others.
      Files.deleteIfExists(path);
      Files.createFile(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
      return Files.writeString(path, content, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the directory and everything in it. */
  @Override
  public void close() {
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
