package io.gkm.agent;

import io.gkm.ike.Moment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the daemon, in bounded time: goodbyes to the key servers, then the kernel, then the
 * rest. Key servers that do not answer, and a second signal, cut the first step short; the kernel's
 * step is always made.
 */
final class AgentStop {
  /** How long key servers may take. */
  static final Duration LEAVING = Duration.ofSeconds(3);

  /** How long leaving and the kernel may take together. */
  static final Duration TOTAL = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(AgentStop.class);

  private final AgentClock clock;
  private final CompletableFuture<Void> hurry;

  private final Duration leaving;
  private final Duration total;

  AgentStop(AgentClock clock, CompletableFuture<Void> hurry) {
    this(clock, hurry, LEAVING, TOTAL);
  }

  AgentStop(AgentClock clock, CompletableFuture<Void> hurry, Duration leaving, Duration total) {
    this.clock = clock;
    this.hurry = hurry;
    this.leaving = leaving;
    this.total = total;
  }

  ExitStatus run(
      Supplier<CompletableFuture<Void>> leave,
      Supplier<CompletableFuture<Void>> removeAll,
      Runnable closeRest) {
    Moment deadline = clock.now().plus(total);
    ExitStatus status = ExitStatus.OK;
    try {
      CompletableFuture.anyOf(leave.get(), hurry).get(leaving.toMillis(), TimeUnit.MILLISECONDS);
      if (hurry.isDone()) {
        LOG.warn("gkm: told to hurry; the key servers may not know that this host has left");
      }
    } catch (TimeoutException e) {
      LOG.warn("gkm: a key server does not answer; it may not know that this host has left");
    } catch (ExecutionException e) {
      LOG.error("gkm: leaving the groups failed: {}", Failures.text(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      long left = Math.max(0, clock.now().until(deadline).toMillis());
      removeAll.get().get(left, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.error("gkm: the kernel does not answer; see what is left with ip xfrm state, policy");
      status = ExitStatus.UNCLEAN;
    } catch (ExecutionException e) {
      LOG.error(
          "gkm: not everything could be removed from the kernel: {}; see ip xfrm state, policy",
          Failures.text(e));
      status = ExitStatus.UNCLEAN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      status = ExitStatus.UNCLEAN;
    }
    closeRest.run();
    return status;
  }
}
