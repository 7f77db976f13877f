package io.gkm.agent.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A checked configuration.
 *
 * @param file the file it was read from
 * @param controlSocket where {@code gkm status} finds the daemon
 * @param onExit what stays in the kernel at the end
 * @param controllers at least one
 * @param warnings what a person should look at, in the order of the file
 */
public record Configuration(
    Path file,
    Path controlSocket,
    OnExit onExit,
    List<ControllerConfig> controllers,
    List<ConfigProblem> warnings)
    implements AutoCloseable {

  /** Where the control socket is unless the file or the command line says otherwise. */
  public static final Path DEFAULT_CONTROL_SOCKET = Path.of("/run/gkm/gkm.sock");

  public Configuration {
    controllers = List.copyOf(controllers);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads and checks a file and the secret files it names.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static Configuration load(Path file) throws ConfigException {
    return new ConfigReader(file).read();
  }

  /** The number of groups of all controllers. */
  public int groupCount() {
    return controllers.stream().mapToInt(controller -> controller.groups().size()).sum();
  }

  /** Wipes the secrets. */
  @Override
  public void close() {
    controllers.forEach(controller -> controller.auth().close());
  }
}
