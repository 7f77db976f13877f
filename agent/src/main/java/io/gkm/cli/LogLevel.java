package io.gkm.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much is logged: by {@code -v} and the environment, for slf4j-simple. */
final class LogLevel {
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");
  private static final int DEFAULT = LEVELS.indexOf("info");

  private LogLevel() {}

  /**
   * Sets the level; to be called before anything is logged.
   *
   * @param verbosity how many times {@code -v} was given; wins over the environment
   * @param environment the value of GKM_LOG, or null
   * @return what is wrong with the environment
   */
  static Optional<String> set(int verbosity, String environment) {
    String level = LEVELS.get(Math.min(DEFAULT + verbosity, LEVELS.size() - 1));
    if (verbosity == 0 && environment != null && !environment.isEmpty()) {
      level = environment.toLowerCase(Locale.ROOT);
      if (!LEVELS.contains(level)) {
        return Optional.of(
            "GKM_LOG is \"" + environment + "\"; allowed: " + String.join(", ", LEVELS));
      }
    }
    System.setProperty("org.slf4j.simpleLogger.log.io.gkm", level);
    return Optional.empty();
  }
}
