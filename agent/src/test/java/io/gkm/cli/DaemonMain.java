package io.gkm.cli;

import io.gkm.agent.Agent;
import io.gkm.agent.FakeDataPlane;
import io.gkm.agent.TestAgents;
import io.gkm.agent.config.Configuration;
import java.nio.file.Path;

/**
 * A daemon without kernel, as a process of its own: what it does to the kernel goes to standard
 * output. Arguments: the configuration and a folder; with a third one it gets stuck.
 */
final class DaemonMain {
  private DaemonMain() {}

  public static void main(String[] arguments) throws Exception {
    FakeDataPlane kernel = new FakeDataPlane();
    Configuration configuration = Configuration.load(Path.of(arguments[0]));
    Agent agent = TestAgents.withKernel(configuration, Path.of(arguments[1]), kernel);
    if (arguments.length > 2) {
      TestAgents.getStuck(agent, kernel);
    }
    int status = new Daemon(configuration, agent).run().code();
    kernel.calls().forEach(System.out::println);
    System.exit(status);
  }
}
