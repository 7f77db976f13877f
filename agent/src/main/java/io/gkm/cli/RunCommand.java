package io.gkm.cli;

import io.gkm.agent.Agent;
import io.gkm.agent.ExitStatus;
import io.gkm.agent.config.ConfigException;
import io.gkm.agent.config.Configuration;
import io.gkm.agent.config.ControlPath;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gkm run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Text.class,
    description = "Joins the configured groups and stays until SIGTERM or SIGINT.",
    footer = {"", "GKM_LOG sets the log level: error, warn, info (the default), debug or trace."})
final class RunCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "the configuration")
  private Path config;

  @Option(
      names = "--control",
      paramLabel = "PATH",
      description = "the control socket, in place of the configured one")
  private Path control;

  @Option(
      names = {"-v", "--verbose"},
      description = "log more; twice: everything")
  private boolean[] verbose = {};

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Optional<String> badLevel = LogLevel.set(verbose.length, System.getenv("GKM_LOG"));
    if (badLevel.isPresent()) {
      throw new ParameterException(spec.commandLine(), badLevel.get());
    }
    if (control != null) {
      ControlPath.problem(control.toString())
          .ifPresent(
              problem -> {
                throw new ParameterException(spec.commandLine(), "--control " + problem);
              });
    }
    try (Configuration configuration = Configuration.load(config)) {
      Path socket = control == null ? configuration.controlSocket() : control;
      return new Daemon(configuration, Agent.onThisHost(configuration, socket)).run().code();
    } catch (ConfigException e) {
      e.problems()
          .forEach(problem -> spec.commandLine().getErr().println(problem.text(config.toString())));
      return ExitStatus.USAGE.code();
    }
  }
}
