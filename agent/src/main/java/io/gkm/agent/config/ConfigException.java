package io.gkm.agent.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used: all that is wrong with it, in the order of the file. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final transient List<ConfigProblem> problems;

  ConfigException(Path file, List<ConfigProblem> problems) {
    super(
        problems.stream()
            .map(problem -> problem.text(file.toString()))
            .collect(Collectors.joining("\n")));
    this.file = file;
    this.problems = List.copyOf(problems);
  }

  /** The file, as it was named by the caller. */
  public Path file() {
    return file;
  }

  public List<ConfigProblem> problems() {
    return problems;
  }
}
