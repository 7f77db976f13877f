package io.gkm.dataplane;

import io.gkm.group.DesiredState;
import io.gkm.ike.Moment;

/**
 * What makes a desired state true. Blocks; used by one thread. A failure to reach the kernel at all
 * is a {@link DataPlaneException}.
 */
public interface DataPlane extends AutoCloseable {
  /**
   * Changes what differs, nothing else. Calling it again does what is still missing.
   *
   * @param desired stays the caller's
   */
  ApplyResult apply(DesiredState desired, Moment now);

  /** What the kernel counts for our SAs now. */
  KernelSnapshot snapshot();

  /**
   * Removes what this run has installed or adopted, but leaves the guards of the state applied last
   * where they are: its traffic is blocked from then on.
   */
  void removeSas();

  /** Removes exactly what this run has installed or adopted, guards last. */
  void removeAll();

  @Override
  void close();
}
