package io.gkm.agent;

import io.gkm.agent.status.ControllerReport;
import io.gkm.agent.status.JsonObject;
import io.gkm.agent.status.KernelReport;
import io.gkm.agent.status.StatusReport;
import io.gkm.dataplane.KernelSnapshot;
import io.netty.channel.EventLoop;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the status: asks the kernel thread for counters, without waiting long, and then, on the
 * event loop, the members.
 */
final class StatusMaker {
  private static final long KERNEL_PATIENCE_SECONDS = 2;
  private static final Logger LOG = LoggerFactory.getLogger(StatusMaker.class);

  private final Path config;
  private final AgentClock clock;
  private final EventLoop loop;
  private final KernelThread kernel;
  private final Members members;
  private final Supplier<KernelReport> kernelReport;
  private final Instant started;

  StatusMaker(
      Path config,
      AgentClock clock,
      EventLoop loop,
      KernelThread kernel,
      Members members,
      Supplier<KernelReport> kernelReport) {
    this.config = config;
    this.clock = clock;
    this.loop = loop;
    this.kernel = kernel;
    this.members = members;
    this.kernelReport = kernelReport;
    this.started = clock.wallClock();
  }

  /** The status; completes on the event loop. */
  CompletionStage<JsonObject> make() {
    CompletableFuture<KernelSnapshot> snapshot = kernel.snapshot();
    return snapshot
        .orTimeout(KERNEL_PATIENCE_SECONDS, TimeUnit.SECONDS)
        .handleAsync(this::report, loop);
  }

  private JsonObject report(KernelSnapshot snapshot, Throwable failure) {
    if (failure != null) {
      LOG.warn("gkm: status without the kernel's counters: {}", Failures.text(failure));
    }
    Instant now = clock.wallClock();
    SaCounters counters = SaCounters.of(Optional.ofNullable(snapshot));
    MemberReports reports = new MemberReports(now, clock.now(), counters);
    List<ControllerReport> controllers =
        members.status().stream()
            .map(status -> reports.of(status, members.sendProblem(status.address())))
            .toList();
    return new StatusReport(
            Version.text(),
            ProcessHandle.current().pid(),
            now,
            started,
            config.toString(),
            kernelReport.get(),
            controllers)
        .toJson();
  }
}
