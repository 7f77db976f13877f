package io.gkm.agent;

import io.gkm.agent.status.KernelReport;
import io.gkm.agent.status.ProblemReport;
import io.gkm.dataplane.ApplyResult;
import io.gkm.group.DesiredState;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the kernel in step with what the members want, on the event loop: hands over each change,
 * tries again with growing waits after a failure, and checks now and then whether somebody else has
 * removed something.
 */
final class KernelSync {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);
  static final Duration RECHECK = Duration.ofSeconds(30);

  private static final Duration AFTER_HINT = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(KernelSync.class);

  private final KernelThread kernel;
  private final EventLoop loop;
  private final AgentClock clock;
  private final Supplier<DesiredState> desired;
  private Optional<ProblemReport> problem = Optional.empty();
  private Duration nextRetry = FIRST_RETRY;
  private boolean handOverPlanned;
  private boolean lookPlanned;
  private boolean wanted;
  private volatile boolean stopped;
  private Future<?> timer;

  KernelSync(
      KernelThread kernel, EventLoop loop, AgentClock clock, Supplier<DesiredState> desired) {
    this.kernel = kernel;
    this.loop = loop;
    this.clock = clock;
    this.desired = desired;
  }

  /**
   * The members want something else: hands the state over once the loop has done what it is doing.
   */
  void changed() {
    wanted = true;
    look();
  }

  private void look() {
    if (!handOverPlanned && !stopped) {
      handOverPlanned = true;
      loop.execute(this::handOver);
    }
  }

  /** The kernel may not hold any more what it did: looks again, but not at each of many hints. */
  void lookSoon(String hint) {
    LOG.debug("gkm: kernel: {}", hint);
    if (!stopped && problem.isEmpty() && !lookPlanned) {
      lookPlanned = true;
      armTimer(AFTER_HINT);
    }
  }

  /** Nothing is handed over any more. From any thread, also when the event loop is stuck. */
  void stop() {
    stopped = true;
  }

  KernelReport report() {
    return new KernelReport(problem.isEmpty(), problem);
  }

  private void handOver() {
    handOverPlanned = false;
    lookPlanned = false;
    if (stopped) {
      return;
    }
    cancelTimer();
    boolean asked = wanted;
    wanted = false;
    CompletableFuture<ApplyResult> unused =
        kernel
            .apply(desired.get())
            .whenComplete((result, failure) -> loop.execute(() -> applied(asked, result, failure)));
  }

  /**
   * @param asked whether the members wanted something else, so that changes are no surprise
   */
  private void applied(boolean asked, ApplyResult result, Throwable failure) {
    if (stopped || (result == null && failure == null)) {
      return;
    }
    Optional<String> wrong =
        failure != null ? Optional.of(Failures.text(failure)) : ApplyProblems.of(result);
    if (wrong.isPresent()) {
      Duration wait = nextRetry;
      LOG.error(
          "gkm: the kernel does not hold what the groups need: {}; tries again in {} s",
          wrong.get(),
          wait.toSeconds());
      problem = Optional.of(new ProblemReport(wrong.get(), clock.wallClock()));
      Duration doubled = nextRetry.multipliedBy(2);
      nextRetry = doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
      armTimer(wait);
    } else {
      if (problem.isPresent()) {
        LOG.info("gkm: the kernel holds what the groups need again");
      }
      tell(asked || problem.isPresent(), result.operations());
      problem = Optional.empty();
      nextRetry = FIRST_RETRY;
      armTimer(lookPlanned ? AFTER_HINT : RECHECK);
    }
  }

  private static void tell(boolean expected, List<String> operations) {
    if (operations.isEmpty()) {
      return;
    }
    if (expected) {
      LOG.debug("gkm: kernel brought in step: {}", operations);
    } else {
      LOG.warn(
          "gkm: somebody else has changed SAs or policies of gkm's groups; put right: {}",
          operations);
    }
  }

  private void armTimer(Duration wait) {
    cancelTimer();
    timer = loop.schedule(this::look, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
