package io.gkm.cli;

import io.gkm.agent.ExitStatus;
import io.gkm.agent.config.ConfigException;
import io.gkm.agent.config.ConfigProblem;
import io.gkm.agent.config.Configuration;
import io.gkm.agent.status.Json;
import io.gkm.agent.status.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gkm check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Text.class,
    description = "Reads a configuration and the secret files it names; says all that is wrong.")
final class CheckCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "the configuration")
  private Path config;

  @Option(names = "--json", description = "answer as JSON")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<ConfigProblem> errors = List.of();
    List<ConfigProblem> warnings = List.of();
    int groups = 0;
    int controllers = 0;
    try (Configuration configuration = Configuration.load(config)) {
      warnings = configuration.warnings();
      groups = configuration.groupCount();
      controllers = configuration.controllers().size();
    } catch (ConfigException e) {
      errors = e.problems();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(json(errors, warnings)));
    } else {
      PrintWriter err = spec.commandLine().getErr();
      errors.forEach(problem -> err.println(problem.text(config.toString())));
      warnings.forEach(warning -> err.println("warning: " + warning.text(config.toString())));
      if (errors.isEmpty()) {
        out.printf("%s: good (key servers: %d, groups: %d)%n", config, controllers, groups);
      }
    }
    return (errors.isEmpty() ? ExitStatus.OK : ExitStatus.NOT_GOOD).code();
  }

  private JsonObject json(List<ConfigProblem> errors, List<ConfigProblem> warnings) {
    List<JsonObject> problems = new ArrayList<>();
    errors.forEach(problem -> problems.add(json("error", problem)));
    warnings.forEach(problem -> problems.add(json("warning", problem)));
    return new JsonObject()
        .with("schema", 1)
        .with("file", config.toString())
        .with("good", errors.isEmpty())
        .withObjects("problems", problems);
  }

  private static JsonObject json(String severity, ConfigProblem problem) {
    return new JsonObject()
        .with("severity", severity)
        .with("line", problem.line())
        .with("column", problem.column())
        .with("message", problem.message());
  }
}
