package io.gkm.group;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where GSA_REKEY messages of a group arrive: a multicast group to join on an interface.
 *
 * @param interfaceName where to join
 * @param group multicast address and UDP port
 * @param source the only sender, for a source-specific join (IGMPv3, MLDv2); empty for any
 */
public record RekeyAddress(
    String interfaceName, InetSocketAddress group, Optional<InetAddress> source) {}
