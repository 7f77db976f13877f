package io.gkm.agent;

import io.gkm.dataplane.ApplyResult;
import io.gkm.dataplane.DataPlane;
import io.gkm.dataplane.KernelSnapshot;
import io.gkm.group.DesiredState;
import io.gkm.ike.Moment;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A kernel that only remembers what it was asked, as texts, and fails when it is told to. */
public final class FakeDataPlane implements DataPlane {
  final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
  volatile Runnable beforeApply = () -> {};
  volatile Consumer<String> hint = text -> {};
  volatile boolean failToApply;
  volatile boolean failToRemove;

  AutoCloseable watch(KernelWatch.Listener listener) {
    hint = listener::changed;
    return () -> hint = text -> {};
  }

  /** What was asked so far. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public ApplyResult apply(DesiredState desired, Moment now) {
    beforeApply.run();
    calls.add(
        "apply "
            + desired.groups().stream()
                .map(group -> group.name() + group.allow() + group.dataSas().size())
                .toList());
    return new ApplyResult(failToApply ? List.of("NEWPOLICY: ENOBUFS") : List.of());
  }

  @Override
  public KernelSnapshot snapshot() {
    return new KernelSnapshot();
  }

  @Override
  public void removeSas() {
    remove("removeSas");
  }

  @Override
  public void removeAll() {
    remove("removeAll");
  }

  private void remove(String call) {
    calls.add(call);
    if (failToRemove) {
      throw new IllegalStateException("DELPOLICY: EIO");
    }
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
