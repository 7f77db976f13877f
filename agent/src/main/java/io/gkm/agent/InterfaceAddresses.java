package io.gkm.agent;

import io.gkm.agent.transport.SourceAddress;
import io.gkm.agent.transport.TransportException;
import io.gkm.group.LocalAddresses;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of this host's interfaces, asked afresh each time: a few system calls that never
 * wait for anything.
 */
final class InterfaceAddresses implements LocalAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceAddresses.class);

  @Override
  public Set<InetAddress> of(String interfaceName) {
    try {
      NetworkInterface found = NetworkInterface.getByName(interfaceName);
      return found == null
          ? Set.of()
          : found.inetAddresses().map(InterfaceAddresses::withoutScope).collect(Collectors.toSet());
    } catch (SocketException e) {
      LOG.warn("gkm: the addresses of {} cannot be read: {}", interfaceName, e.getMessage());
      return Set.of();
    }
  }

  @Override
  public Optional<InetAddress> toward(InetAddress server, int port) {
    try {
      return Optional.of(SourceAddress.toward(server, port));
    } catch (TransportException e) {
      LOG.debug("gkm: {}", e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> noRoute(InetAddress server, int port) {
    try {
      SourceAddress.toward(server, port);
      return Optional.empty();
    } catch (TransportException e) {
      return Optional.of("no route from this host: " + e.getCause().getMessage());
    }
  }

  /** Policy names addresses without zone; Java's equality ignores zones, their text does not. */
  private static InetAddress withoutScope(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (java.net.UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
