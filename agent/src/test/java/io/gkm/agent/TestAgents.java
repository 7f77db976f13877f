package io.gkm.agent;

import io.gkm.agent.config.Configuration;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Agents that work for real but for the kernel. */
public final class TestAgents {
  private TestAgents() {}

  public static Agent withKernel(Configuration configuration, Path folder, FakeDataPlane kernel) {
    return withKernel(configuration, folder, () -> kernel, kernel::watch);
  }

  static Agent withKernel(
      Configuration configuration,
      Path folder,
      KernelThread.Opener opener,
      KernelWatch.Opener watch) {
    return new Agent(
        configuration,
        folder.resolve("control/gkm.sock"),
        new Agent.Surroundings(
            opener,
            watch,
            new MemberFactory(new SecureRandom())::create,
            folder.resolve("locks"),
            AgentClock.system()));
  }

  /** Once it runs, the agent's event loop does nothing any more, and says so. */
  public static void getStuck(Agent agent, FakeDataPlane kernel) {
    kernel.beforeApply =
        () -> {
          if (!kernel.calls.isEmpty()) {
            CompletableFuture<?> unused =
                agent.onLoop(
                    () -> {
                      System.err.println("stuck");
                      new CountDownLatch(1).await();
                      return null;
                    });
          }
        };
  }
}
