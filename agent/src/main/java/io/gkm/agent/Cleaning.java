package io.gkm.agent;

import io.gkm.agent.control.AlreadyRunningException;
import io.gkm.agent.control.DaemonLock;
import io.gkm.dataplane.ApplyResult;
import io.gkm.dataplane.DataPlaneException;
import io.gkm.dataplane.XfrmDataPlane;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Removes from the kernel what a daemon that has ended has left there. */
public final class Cleaning {
  private Cleaning() {}

  /**
   * Cleans this network namespace.
   *
   * @return what was done, in order
   * @throws StartException when a daemon is running here, or the kernel refuses
   */
  @SuppressWarnings("try") // The lock only has to be there.
  public static List<String> ofThisHost() throws StartException {
    try (DaemonLock lock = DaemonLock.forNetwork(Agent.LOCK_FOLDER);
        XfrmDataPlane dataPlane = XfrmDataPlane.open()) {
      ApplyResult result = dataPlane.removeLeftovers();
      Optional<String> problem = ApplyProblems.of(result);
      if (problem.isPresent()) {
        throw new StartException(
            ExitStatus.UNCLEAN, "not all could be removed: " + problem.get(), null);
      }
      return result.operations();
    } catch (AlreadyRunningException e) {
      throw new StartException(ExitStatus.ALREADY_RUNNING, e.getMessage(), e);
    } catch (IOException | DataPlaneException e) {
      throw new StartException(ExitStatus.UNAVAILABLE, Failures.text(e), e);
    }
  }
}
