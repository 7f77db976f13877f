package io.gkm.cli;

import io.gkm.agent.ExitStatus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code gkm} command: entry point of {@code gkm.jar}. */
@Command(
    name = "gkm",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Text.class,
    description = "G-IKEv2 (RFC 9838) group member for Linux.",
    subcommands = {
      RunCommand.class,
      StatusCommand.class,
      CheckCommand.class,
      CleanCommand.class,
      VersionCommand.class
    },
    footer = {
      "",
      "Exit status:",
      "  0  done",
      "  1  status: some group is not registered; check: the file has errors",
      "  2  wrong command line or configuration",
      "  3  no permission, no kernel support, no daemon",
      "  4  already running",
      "  5  not everything could be removed at the end"
    })
public final class Gkm implements Runnable {
  @Spec private CommandSpec spec;

  Gkm() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what should be done?");
  }

  /** Runs a command line and returns its exit status. */
  static int execute(String... args) {
    return new CommandLine(new Gkm())
        .setExecutionExceptionHandler(
            (defect, commandLine, parsed) -> {
              commandLine.getErr().println("gkm: a defect in gkm, please report it:");
              defect.printStackTrace(commandLine.getErr());
              return ExitStatus.DEFECT.code();
            })
        .execute(args);
  }

  /** Runs the command line and exits with its status. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }
}
