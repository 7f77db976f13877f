package io.gkm.group;

import io.gkm.ike.wire.TrafficSelector;
import java.util.Objects;

/**
 * One entry of a group's {@code allow} list: the traffic the group's policy may name (RFC 5374, the
 * authorised flows of a GPAD entry) and that is never let through in clear. The destination is
 * multicast. The constructor refuses mixed address families, another destination, and ports for a
 * protocol without ports, with an IllegalArgumentException.
 *
 * @param source who may send
 * @param destination the group addresses
 * @param ipProtocol IP protocol number, 0 for any
 * @param sourcePorts source ports; {@link PortRange#ANY} unless the protocol has ports
 * @param destinationPorts destination ports; {@link PortRange#ANY} unless the protocol has ports
 */
public record Flow(
    Prefix source,
    Prefix destination,
    int ipProtocol,
    PortRange sourcePorts,
    PortRange destinationPorts) {

  static final String EXAMPLE = "0.0.0.0/0 -> 239.1.1.1/32 udp/5000";

  public Flow {
    Objects.requireNonNull(sourcePorts, "sourcePorts");
    Objects.requireNonNull(destinationPorts, "destinationPorts");
    if (source.isIpv4() != destination.isIpv4()) {
      throw new IllegalArgumentException("source and destination are not of one address family");
    }
    if (!destination.isMulticast()) {
      throw new IllegalArgumentException("destination " + destination + " is not multicast");
    }
    if (ipProtocol < 0 || ipProtocol > 255) {
      throw new IllegalArgumentException("IP protocol " + ipProtocol + " is not in 0-255");
    }
    if (!IpProtocols.hasPorts(ipProtocol) && !(sourcePorts.isAny() && destinationPorts.isAny())) {
      throw new IllegalArgumentException(IpProtocols.name(ipProtocol) + " has no ports");
    }
  }

  /**
   * Reads {@code SRC/len -> DST/len [proto[/port[-port]]]}: addresses IPv4 or IPv6, the protocol a
   * name or a number (left out: any), the ports those of the destination (left out: any).
   *
   * @throws FlowSyntaxException saying what is wrong, at which character, and the right form
   */
  public static Flow parse(String text) {
    return new FlowParser(text).parse();
  }

  public boolean isIpv4() {
    return destination.isIpv4();
  }

  /**
   * Whether all traffic that a pair of traffic selectors (RFC 7296, 3.13.1) describes is part of
   * this flow: every source and destination address, every port, and the protocol. Any protocol is
   * not inside a flow of one protocol, and OPAQUE ports are in no flow.
   */
  public boolean contains(TrafficSelector from, TrafficSelector to) {
    return coversProtocol(from)
        && coversProtocol(to)
        && source.contains(from.startInetAddress(), from.endInetAddress())
        && destination.contains(to.startInetAddress(), to.endInetAddress())
        && sourcePorts.contains(from.startPort(), from.endPort())
        && destinationPorts.contains(to.startPort(), to.endPort());
  }

  /** Whether all traffic of the other flow is part of this one. */
  public boolean contains(Flow other) {
    return (ipProtocol == IpProtocols.ANY || ipProtocol == other.ipProtocol)
        && source.contains(other.source)
        && destination.contains(other.destination)
        && sourcePorts.contains(other.sourcePorts.first(), other.sourcePorts.last())
        && destinationPorts.contains(other.destinationPorts.first(), other.destinationPorts.last());
  }

  private boolean coversProtocol(TrafficSelector selector) {
    return ipProtocol == IpProtocols.ANY || ipProtocol == selector.ipProtocol();
  }

  /** The text {@link #parse} reads, when the source ports are any. */
  @Override
  public String toString() {
    String text = source + " -> " + destination;
    if (ipProtocol == IpProtocols.ANY) {
      return text;
    }
    text += " " + IpProtocols.name(ipProtocol);
    if (!destinationPorts.isAny()) {
      text += "/" + destinationPorts;
    }
    return sourcePorts.isAny() ? text : text + " from ports " + sourcePorts;
  }
}
