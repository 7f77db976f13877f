package io.gkm.lab;

import java.util.List;

/**
 * What a finished command left: its exit status (128 + signal if killed) and its two outputs as
 * text.
 */
public record ExecResult(List<String> command, int exit, String stdout, String stderr) {
  public ExecResult {
    command = List.copyOf(command);
  }

  /** This result if the command succeeded; otherwise the exception says what it wrote. */
  public ExecResult orThrow() {
    if (exit != 0) {
      throw new LabException(
          String.join(" ", command) + ": exit status " + exit + "\n" + stdout + stderr);
    }
    return this;
  }
}
