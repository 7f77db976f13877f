package io.gkm.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentStopTest {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final List<String> steps = new ArrayList<>();
  private final CompletableFuture<Void> hurry = new CompletableFuture<>();

  private ExitStatus run(
      CompletableFuture<Void> leave, CompletableFuture<Void> remove, Duration leaving) {
    return new AgentStop(AgentClock.system(), hurry, leaving, leaving.plusMillis(100))
        .run(() -> step("leave", leave), () -> step("remove", remove), () -> steps.add("rest"));
  }

  private CompletableFuture<Void> step(String name, CompletableFuture<Void> result) {
    steps.add(name);
    return result;
  }

  @Test
  void leavesThenRemovesThenClosesTheRest() {
    assertThat(run(DONE, DONE, Duration.ofDays(1))).isEqualTo(ExitStatus.OK);
    assertThat(steps).containsExactly("leave", "remove", "rest");
  }

  @Test
  void removesWhenKeyServersDoNotAnswer() {
    assertThat(run(new CompletableFuture<>(), DONE, Duration.ofMillis(50)))
        .isEqualTo(ExitStatus.OK);
    assertThat(steps).containsExactly("leave", "remove", "rest");
  }

  @Test
  void removesAtOnceWhenToldToHurry() {
    hurry.complete(null);
    assertThat(run(new CompletableFuture<>(), DONE, Duration.ofDays(1))).isEqualTo(ExitStatus.OK);
    assertThat(steps).containsExactly("leave", "remove", "rest");
  }

  @Test
  void removesWhenLeavingFails() {
    assertThat(
            run(
                CompletableFuture.failedFuture(new IllegalStateException("defect")),
                DONE,
                Duration.ofDays(1)))
        .isEqualTo(ExitStatus.OK);
    assertThat(steps).containsExactly("leave", "remove", "rest");
  }

  @Test
  void saysWhenRemovingFailedOrDidNotEnd() {
    assertThat(
            run(
                DONE,
                CompletableFuture.failedFuture(new IllegalStateException("EIO")),
                Duration.ofDays(1)))
        .isEqualTo(ExitStatus.UNCLEAN);
    assertThat(run(DONE, new CompletableFuture<>(), Duration.ofMillis(10)))
        .isEqualTo(ExitStatus.UNCLEAN);
    assertThat(steps).containsExactly("leave", "remove", "rest", "leave", "remove", "rest");
  }
}
