package io.gkm.agent.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** What can be the path of a Unix domain socket (unix(7), {@code sun_path}). */
public final class ControlPath {
  /** sun_path has 108 octets, the last one of which is zero. */
  private static final int MAX_OCTETS = 107;

  private ControlPath() {}

  /** What is wrong with the path, to be put after its name; empty when nothing is. */
  public static Optional<String> problem(String text) {
    try {
      Path path = Path.of(text);
      if (!path.isAbsolute() || path.getFileName() == null) {
        return Optional.of("\"" + text + "\" is not the absolute path of a file");
      }
    } catch (InvalidPathException e) {
      return Optional.of("is not a path: " + e.getReason());
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_OCTETS) {
      return Optional.of("is longer than the " + MAX_OCTETS + " octets a Unix socket may have");
    }
    return Optional.empty();
  }
}
