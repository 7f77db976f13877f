package io.gkm.agent.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code [agent]}, which may be absent. */
final class AgentReader {
  private static final String SOCKET_FORM =
      "write an absolute path, " + Configuration.DEFAULT_CONTROL_SOCKET + " if absent";
  private static final Map<String, OnExit> ON_EXIT =
      Map.of("guard", OnExit.GUARD, "clean", OnExit.CLEAN);
  private static final String ON_EXIT_FORM =
      "write \"guard\" to leave the groups' traffic blocked, or \"clean\" to leave nothing";

  private final Optional<ConfigTable> table;
  private final Problems problems;

  AgentReader(ConfigTable root, Problems problems) {
    this.table = root.optionalTable("agent", "write [agent]");
    this.problems = problems;
    table.ifPresent(agent -> agent.allowOnly(List.of("control-socket", "on-exit")));
  }

  Path controlSocket() {
    Optional<Located<String>> path =
        table.flatMap(agent -> agent.optionalText("control-socket", SOCKET_FORM));
    if (path.isEmpty()) {
      return Configuration.DEFAULT_CONTROL_SOCKET;
    }
    Optional<String> wrong = ControlPath.problem(path.get().value());
    wrong.ifPresent(
        problem ->
            problems.error(path.get().at(), "control-socket " + problem + "; " + SOCKET_FORM));
    return wrong.isPresent() ? Configuration.DEFAULT_CONTROL_SOCKET : Path.of(path.get().value());
  }

  OnExit onExit() {
    return table
        .flatMap(agent -> agent.optionalChoice("on-exit", ON_EXIT, ON_EXIT_FORM))
        .orElse(OnExit.GUARD);
  }
}
