package io.gkm.agent;

import io.gkm.agent.config.ControllerConfig;
import io.gkm.agent.transport.SourceAddress;
import io.gkm.agent.transport.TransportException;
import io.gkm.group.ControllerMember;
import io.gkm.ike.IkeProposals;
import io.gkm.ike.IkeSettings;
import io.gkm.ike.RetransmitPolicy;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;

/** Makes the member of a configured key server. */
final class MemberFactory {
  private final SecureRandom random;

  MemberFactory(SecureRandom random) {
    this.random = random;
  }

  ControllerMember create(ControllerConfig config) {
    List<IkeSettings> servers =
        config.addresses().stream().map(address -> settings(config, address)).toList();
    return new ControllerMember(
        config.name(), servers, config.groups(), new InterfaceAddresses(), random);
  }

  private static IkeSettings settings(ControllerConfig config, InetAddress address) {
    return new IkeSettings(
        localAddress(address, config.port()),
        address,
        config.port(),
        config.localId(),
        config.remoteId(),
        config.auth().authentication(),
        config.groups().stream().anyMatch(group -> group.options().arxKeyWrap())
            ? IkeProposals.withArxKeyWrap()
            : IkeProposals.standard(),
        RetransmitPolicy.STANDARD);
  }

  /** Asked again at each attempt; until then a placeholder does where there is no route yet. */
  private static InetAddress localAddress(InetAddress server, int port) {
    try {
      return SourceAddress.toward(server, port);
    } catch (TransportException noRouteYet) {
      return server.getAddress().length == 4 ? NetUtil.LOCALHOST4 : NetUtil.LOCALHOST6;
    }
  }
}
