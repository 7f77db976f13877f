package io.gkm.group;

import java.util.List;

/**
 * What should be true in the kernel now, for all groups: immutable values, handed from the thread
 * of the members to the one that programs the kernel.
 *
 * <p><b>Keys.</b> Each value owns its own copy of every key in it; no two values and no member
 * share one. Whoever receives the value closes it when it is no longer needed (at the latest when
 * it is replaced by the next one; also when it is skipped because a newer one is already there).
 * The member wipes its own copies when an SA is superseded, expires or is left, whenever that is;
 * that never touches a value already handed over.
 */
public record DesiredState(List<GroupState> groups) implements AutoCloseable {

  public DesiredState {
    groups = List.copyOf(groups);
  }

  /** No groups at all. */
  public static DesiredState empty() {
    return new DesiredState(List.of());
  }

  /** Wipes the keys of this value. Closing twice is fine. */
  @Override
  public void close() {
    groups.forEach(GroupState::close);
  }
}
