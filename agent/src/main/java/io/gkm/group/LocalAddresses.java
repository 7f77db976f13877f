package io.gkm.group;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * This host's addresses, as they are now. Asked on the member's thread; answers at once, without
 * blocking.
 */
@FunctionalInterface
public interface LocalAddresses {
  /** The addresses of this interface; empty when it does not exist or has none. */
  Set<InetAddress> of(String interfaceName);

  /**
   * The address to talk to a key server from. Asked before each attempt to connect, since addresses
   * and routes change.
   *
   * @return empty to use the one in the settings
   */
  default Optional<InetAddress> toward(InetAddress server, int port) {
    return Optional.empty();
  }

  /**
   * Why nothing can be sent to this key server now, in words; empty when it can, or when that is
   * not known. Asked before each attempt to connect.
   */
  default Optional<String> noRoute(InetAddress server, int port) {
    return Optional.empty();
  }
}
