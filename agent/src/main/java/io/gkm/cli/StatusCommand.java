package io.gkm.cli;

import io.gkm.agent.ExitStatus;
import io.gkm.agent.control.ControlClient;
import io.gkm.agent.control.ControlException;
import io.gkm.agent.control.NoDaemonException;
import io.gkm.agent.status.Json;
import io.gkm.agent.status.JsonFormatException;
import io.gkm.agent.status.JsonObject;
import io.gkm.agent.status.StatusReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gkm status}. Starts fast: nothing on its way loads Netty, Bouncy Castle or jnr-ffi. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Text.class,
    description = "Tells how the key servers, groups and SAs of the running daemon stand.")
final class StatusCommand implements Callable<Integer> {
  // The same as Configuration.DEFAULT_CONTROL_SOCKET, whose class would bring the TOML parser.
  private static final String DEFAULT_SOCKET = "/run/gkm/gkm.sock";

  @Option(names = "--json", description = "answer as JSON, for programs")
  private boolean json;

  @Option(
      names = "--control",
      paramLabel = "PATH",
      defaultValue = DEFAULT_SOCKET,
      description = "the daemon's control socket, ${DEFAULT-VALUE} if absent")
  private Path control;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      JsonObject answer = ControlClient.status(control);
      StatusReport report = StatusReport.fromJson(answer);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.pretty(answer));
      } else {
        new StatusTable(report).print(out);
      }
      return (report.allRegistered() ? ExitStatus.OK : ExitStatus.NOT_GOOD).code();
    } catch (JsonFormatException e) {
      err.println("gkm: the daemon's status cannot be read: " + e.getMessage());
    } catch (NoDaemonException | ControlException e) {
      err.println("gkm: " + e.getMessage());
    } catch (IOException e) {
      err.println("gkm: asking the daemon on " + control + " failed: " + e.getMessage());
    }
    return ExitStatus.UNAVAILABLE.code();
  }
}
