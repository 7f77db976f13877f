package io.gkm.cli;

import io.gkm.agent.Cleaning;
import io.gkm.agent.ExitStatus;
import io.gkm.agent.StartException;
import io.gkm.agent.status.Json;
import io.gkm.agent.status.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gkm clean}. */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Text.class,
    description = {
      "Removes what a gkm that has ended left in the kernel: SAs, policies and guards.",
      "From then on the groups' traffic passes in clear."
    })
final class CleanCommand implements Callable<Integer> {
  @Option(names = "--json", description = "answer as JSON")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      List<String> done = Cleaning.ofThisHost();
      if (json) {
        out.println(Json.pretty(new JsonObject().with("schema", 1).withTexts("done", done)));
      } else if (done.isEmpty()) {
        out.println("nothing of gkm is in the kernel");
      } else {
        done.forEach(out::println);
      }
      return ExitStatus.OK.code();
    } catch (StartException e) {
      spec.commandLine().getErr().println("gkm: " + e.getMessage());
      return e.status().code();
    }
  }
}
