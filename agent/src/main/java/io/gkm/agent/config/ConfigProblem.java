package io.gkm.agent.config;

import org.tomlj.TomlPosition;

/**
 * Something about a configuration file: what, where, and what is allowed instead.
 *
 * @param line the first line is 1; 0 when it concerns the file as a whole
 * @param column the first column is 1; 0 when it concerns the file as a whole
 * @param message one line
 */
public record ConfigProblem(int line, int column, String message) {

  static ConfigProblem at(TomlPosition position, String message) {
    return new ConfigProblem(position.line(), position.column(), message);
  }

  static ConfigProblem ofFile(String message) {
    return new ConfigProblem(0, 0, message);
  }

  /** {@code FILE:LINE:COLUMN: message}, or {@code FILE: message}. */
  public String text(String file) {
    return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
  }
}
