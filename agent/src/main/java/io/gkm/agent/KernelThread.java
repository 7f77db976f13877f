package io.gkm.agent;

import io.gkm.agent.config.OnExit;
import io.gkm.dataplane.ApplyResult;
import io.gkm.dataplane.DataPlane;
import io.gkm.dataplane.KernelSnapshot;
import io.gkm.group.DesiredState;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The one thread that talks to the kernel and may wait for it. What is asked of it is done in
 * order; of several desired states that wait, only the newest is applied.
 */
final class KernelThread {

  /** Opens the data plane; may block. */
  interface Opener {
    DataPlane open() throws Exception;
  }

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "gkm-kernel"));
  private final AgentClock clock;
  private final AtomicReference<DesiredState> waiting = new AtomicReference<>();

  /** Only used on the thread. */
  private DataPlane dataPlane;

  KernelThread(AgentClock clock) {
    this.clock = clock;
  }

  CompletableFuture<Void> open(Opener opener) {
    return call(
        () -> {
          dataPlane = opener.open();
          return null;
        });
  }

  /**
   * Makes {@code desired} true; owns it and closes it.
   *
   * @return the result, or null when a newer state was applied in its place
   */
  CompletableFuture<ApplyResult> apply(DesiredState desired) {
    DesiredState skipped = waiting.getAndSet(desired);
    if (skipped != null) {
      skipped.close();
    }
    if (thread.isShutdown()) {
      wipeWaiting();
    }
    return call(
        () -> {
          try (DesiredState newest = waiting.getAndSet(null)) {
            return newest == null ? null : dataPlane.apply(newest, clock.now());
          }
        });
  }

  CompletableFuture<KernelSnapshot> snapshot() {
    return call(() -> dataPlane.snapshot());
  }

  /** Removes what is to be removed and closes the data plane; the thread ends after it. */
  CompletableFuture<Void> removeAndClose(OnExit onExit) {
    CompletableFuture<Void> done =
        call(
            () -> {
              wipeWaiting();
              if (dataPlane != null) {
                try (DataPlane closing = dataPlane) {
                  dataPlane = null;
                  if (onExit == OnExit.GUARD) {
                    closing.removeSas();
                  } else {
                    closing.removeAll();
                  }
                }
              }
              return null;
            });
    thread.shutdown();
    return done;
  }

  private void wipeWaiting() {
    DesiredState skipped = waiting.getAndSet(null);
    if (skipped != null) {
      skipped.close();
    }
  }

  private <T> CompletableFuture<T> call(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            try {
              result.complete(work.call());
            } catch (Throwable failure) {
              result.completeExceptionally(failure);
            }
          });
    } catch (RejectedExecutionException closed) {
      result.completeExceptionally(new IllegalStateException("the kernel thread has ended"));
    }
    return result;
  }
}
