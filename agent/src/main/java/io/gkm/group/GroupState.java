package io.gkm.group;

import java.util.List;

/**
 * What should be true in the kernel for one group now.
 *
 * @param name name of the group in the configuration
 * @param allow the group's traffic; all of it but {@code bypass} is blocked in clear, in and out,
 *     at all times
 * @param bypass traffic inside {@code allow} that passes in clear as an exception
 * @param dataSas the SAs that should be installed; none before registration and after expiry. At
 *     most one outbound SA per pair of selectors
 * @param renewAfterPackets the kernel tells when an SA has seen so many packets
 * @param keepsLeftovers whether SAs that an earlier run of the daemon left in the kernel for this
 *     traffic may stay beside them: until the key server has answered for the group
 */
public record GroupState(
    String name,
    List<Flow> allow,
    List<Flow> bypass,
    List<DataSa> dataSas,
    long renewAfterPackets,
    boolean keepsLeftovers)
    implements AutoCloseable {

  /** With nothing special. */
  public GroupState(String name, List<Flow> allow, List<Flow> bypass, List<DataSa> dataSas) {
    this(name, allow, bypass, dataSas, GroupOptions.MAX_PACKETS, false);
  }

  public GroupState {
    allow = List.copyOf(allow);
    bypass = List.copyOf(bypass);
    dataSas = List.copyOf(dataSas);
  }

  /** Wipes the keys of this value's SAs. */
  @Override
  public void close() {
    dataSas.forEach(DataSa::close);
  }
}
