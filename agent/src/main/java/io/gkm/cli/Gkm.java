package io.gkm.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code gkm} command: entry point of {@code gkm.jar}. */
@Command(
    name = "gkm",
    mixinStandardHelpOptions = true,
    description = "G-IKEv2 (RFC 9838) group member for Linux")
public final class Gkm {
  private Gkm() {}

  /** Runs the command line and exits with its status. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Gkm()).execute(args));
  }
}
