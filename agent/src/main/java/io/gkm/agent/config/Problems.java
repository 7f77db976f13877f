package io.gkm.agent.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tomlj.TomlPosition;

/** Collects what is wrong or doubtful while a file is read. */
final class Problems {
  private static final Comparator<ConfigProblem> IN_FILE_ORDER =
      Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column);

  private final List<ConfigProblem> errors = new ArrayList<>();
  private final List<ConfigProblem> warnings = new ArrayList<>();

  void error(TomlPosition position, String message) {
    errors.add(ConfigProblem.at(position, oneLine(message)));
  }

  void error(String message) {
    errors.add(ConfigProblem.ofFile(oneLine(message)));
  }

  void warning(TomlPosition position, String message) {
    warnings.add(ConfigProblem.at(position, oneLine(message)));
  }

  List<ConfigProblem> errors() {
    return errors.stream().sorted(IN_FILE_ORDER).toList();
  }

  List<ConfigProblem> warnings() {
    return warnings.stream().sorted(IN_FILE_ORDER).toList();
  }

  /** Quoted values may hold anything; a problem stays one harmless line on a terminal. */
  private static String oneLine(String message) {
    StringBuilder line = new StringBuilder(message.length());
    message
        .codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                line.append(String.format("\\u%04x", c));
              } else {
                line.appendCodePoint(c);
              }
            });
    return line.toString();
  }
}
