package io.gkm.agent.config;

import io.gkm.group.GroupSettings;
import io.gkm.ike.wire.Identification;
import java.net.InetAddress;
import java.util.List;

/**
 * A key server (GCKS) and the groups to be joined there.
 *
 * @param name its name in the file
 * @param addresses in order of preference, all of them reach the same key server or one like it
 * @param port UDP port: with 500 and 4500 as RFC 7296 has it, with another one (848) that port only
 * @param localId IDi
 * @param remoteId what its IDr must be
 * @param auth how both prove who they are; owned by this value
 * @param groups may be empty
 */
public record ControllerConfig(
    String name,
    List<InetAddress> addresses,
    int port,
    Identification localId,
    Identification remoteId,
    ControllerAuth auth,
    List<GroupSettings> groups) {

  public ControllerConfig {
    addresses = List.copyOf(addresses);
    groups = List.copyOf(groups);
  }
}
