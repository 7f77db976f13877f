package io.gkm.cli;

import io.gkm.agent.ExitStatus;
import io.gkm.agent.Version;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gkm version}. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Text.class,
    description = "Tells the version.")
final class VersionCommand implements Callable<Integer> {
  /** For {@code --version} too. */
  static final class Text implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"gkm " + Version.text()};
    }
  }

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println("gkm " + Version.text());
    out.printf(
        "Java %s, %s %s%n",
        System.getProperty("java.version"),
        System.getProperty("os.name"),
        System.getProperty("os.version"));
    return ExitStatus.OK.code();
  }
}
