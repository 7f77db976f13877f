package io.gkm.group;

import java.util.List;

/**
 * What should be true in the kernel for one group now.
 *
 * @param name name of the group in the configuration
 * @param allow the group's traffic; all of it is blocked in clear, in and out, at all times
 * @param dataSas the SAs that should be installed; none before registration and after expiry. At
 *     most one outbound SA per pair of selectors
 */
public record GroupState(String name, List<Flow> allow, List<DataSa> dataSas)
    implements AutoCloseable {

  public GroupState {
    allow = List.copyOf(allow);
    dataSas = List.copyOf(dataSas);
  }

  /** Wipes the keys of this value's SAs. */
  @Override
  public void close() {
    dataSas.forEach(DataSa::close);
  }
}
