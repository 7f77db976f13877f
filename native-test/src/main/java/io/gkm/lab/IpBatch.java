package io.gkm.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Commands for {@code ip}, collected and run with as few processes as possible: one for the outer
 * namespace, then one for each namespace. A process costs 30 to 70 ms in user-mode Linux, a line of
 * a batch next to nothing.
 */
final class IpBatch {
  private final List<String> outer = new ArrayList<>();
  private final Map<String, List<String>> inside = new LinkedHashMap<>();

  /** Adds a line for the namespace this program runs in; these run before all others. */
  void outer(String line) {
    outer.add(line);
  }

  /** Adds a line for a named namespace. */
  void inside(String namespace, String line) {
    inside.computeIfAbsent(namespace, name -> new ArrayList<>()).add(line);
  }

  /**
   * Runs what was collected since the last time. Throws a LabException with ip's words at the first
   * failed line.
   */
  void run() {
    if (!outer.isEmpty()) {
      run(List.of("ip", "-batch", "-"), outer);
    }
    inside.forEach((namespace, lines) -> run(List.of("ip", "-n", namespace, "-batch", "-"), lines));
    inside.clear();
  }

  private static void run(List<String> command, List<String> lines) {
    String input = String.join("\n", lines) + "\n";
    ExecResult result = Commands.run(command, input, Commands.DEFAULT_LIMIT);
    if (result.exit() != 0) {
      throw new LabException(
          String.join(" ", command) + ": " + result.stderr().strip() + "\nof:\n" + input);
    }
    lines.clear();
  }
}
