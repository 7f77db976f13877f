package io.gkm.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.agent.config.OnExit;
import io.gkm.dataplane.ApplyResult;
import io.gkm.group.DesiredState;
import io.gkm.group.GroupState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KernelThreadTest {
  private final FakeDataPlane dataPlane = new FakeDataPlane();
  private final KernelThread kernel = new KernelThread(AgentClock.system());

  private static DesiredState state(String name) {
    return new DesiredState(List.of(new GroupState(name, List.of(), List.of(), List.of())));
  }

  @Test
  void appliesOnlyTheNewestOfWhatWaits() throws Exception {
    kernel.open(() -> dataPlane).get();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    dataPlane.beforeApply =
        () -> {
          busy.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    CompletableFuture<ApplyResult> first = kernel.apply(state("a"));
    busy.await();
    CompletableFuture<ApplyResult> second = kernel.apply(state("b"));
    CompletableFuture<ApplyResult> third = kernel.apply(state("c"));
    go.countDown();
    assertThat(first.get()).isNotNull();
    // The first one to run takes the newest; the other finds nothing left to do.
    assertThat(second.get()).isNotNull();
    assertThat(third.get()).isNull();
    assertThat(dataPlane.calls).containsExactly("apply [a[]0]", "apply [c[]0]");
    kernel.removeAndClose(OnExit.CLEAN).get();
  }

  @Test
  void failuresComeBack() throws Exception {
    kernel.open(() -> dataPlane).get();
    dataPlane.beforeApply =
        () -> {
          throw new IllegalStateException("ENOBUFS");
        };
    assertThatThrownBy(() -> kernel.apply(state("a")).get()).hasMessageContaining("ENOBUFS");
    dataPlane.beforeApply = () -> {};
    assertThat(kernel.apply(state("b")).get()).isNotNull();
    kernel.removeAndClose(OnExit.CLEAN).get();
  }

  @Test
  void removesAndClosesOnce() throws Exception {
    kernel.open(() -> dataPlane).get();
    kernel.removeAndClose(OnExit.CLEAN).get();
    assertThat(dataPlane.calls).containsExactly("removeAll", "close");
    assertThatThrownBy(() -> kernel.apply(state("a")).get()).hasMessageContaining("has ended");
  }

  @Test
  void closesAlsoWhatCannotRemove() throws Exception {
    kernel.open(() -> dataPlane).get();
    dataPlane.failToRemove = true;
    assertThatThrownBy(() -> kernel.removeAndClose(OnExit.CLEAN).get()).hasMessageContaining("EIO");
    assertThat(dataPlane.calls).containsExactly("removeAll", "close");
  }

  @Test
  void hasNothingToRemoveWhenItNeverOpened() throws Exception {
    kernel.removeAndClose(OnExit.CLEAN).get();
    assertThat(dataPlane.calls).isEmpty();
  }
}
