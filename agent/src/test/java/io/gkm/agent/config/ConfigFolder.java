package io.gkm.agent.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A folder with a configuration and its secret, for tests. */
public final class ConfigFolder {
  /** The example of the documentation. */
  public static final String EXAMPLE =
      """
      [controller.hq]
      address   = ["192.0.2.1"]
      port      = 500
      local-id  = "fqdn:gm1.example"
      remote-id = "fqdn:gcks.example"
      [controller.hq.auth]
      psk-file  = "gm1.psk"

      [group.video]
      controller = "hq"
      id         = "key-id:video"
      role       = "both"
      interface  = "eth0"
      allow      = ["0.0.0.0/0 -> 239.1.1.1/32 udp/5000"]
      """;

  private final Path folder;

  public ConfigFolder(Path folder) throws IOException {
    this.folder = folder;
    secret("gm1.psk", "0123456789abcdef0123456789abcdef\n", "rw-------");
  }

  public Path secret(String name, String content, String permissions) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  public Path config(String content) throws IOException {
    return Files.writeString(folder.resolve("gkm.toml"), content);
  }

  public Configuration load(String content) throws IOException, ConfigException {
    return Configuration.load(config(content));
  }

  /** All that is wrong with it, each as {@code LINE:COLUMN: message}. */
  public List<String> problems(String content) throws IOException {
    try {
      load(content).close();
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream()
          .map(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
          .toList();
    }
  }
}
