package io.gkm.netlink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Messages between ip(8) and a kernel, recorded by capture.sh: datagrams of hex lines. */
public final class CaptureFiles {
  private final Path directory;

  private CaptureFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * Those beside a test class.
   *
   * @param one a file of the directory, from the class's package
   */
  public static CaptureFiles beside(Class<?> test, String one) {
    try {
      return new CaptureFiles(Path.of(test.getResource(one).toURI()).getParent());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The requests of a command, one after the other. */
  public byte[] requests(String name) {
    List<byte[]> datagrams = read(directory.resolve(name + ".hex"));
    if (datagrams.size() != 1) {
      throw new AssertionError(name + " has " + datagrams.size() + " datagrams");
    }
    return datagrams.get(0);
  }

  /** The kernel's answers to a command, one element a datagram. */
  public List<byte[]> replies(String name) {
    return read(directory.resolve(name + ".reply.hex"));
  }

  /** Every datagram of every file, in the order of the names. */
  public List<byte[]> all() {
    List<byte[]> datagrams = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      files
          .filter(f -> f.toString().endsWith(".hex"))
          .sorted()
          .forEach(f -> datagrams.addAll(read(f)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return datagrams;
  }

  private static List<byte[]> read(Path file) {
    List<byte[]> datagrams = new ArrayList<>();
    ByteArrayOutputStream datagram = new ByteArrayOutputStream();
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("#")) {
          if (datagram.size() > 0) {
            datagrams.add(datagram.toByteArray());
            datagram.reset();
          }
        } else {
          datagram.writeBytes(HexFormat.of().parseHex(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    datagrams.add(datagram.toByteArray());
    return datagrams;
  }
}
