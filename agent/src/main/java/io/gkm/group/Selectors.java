package io.gkm.group;

import io.gkm.ike.wire.TrafficSelector;
import java.math.BigInteger;
import java.util.OptionalInt;

/** Traffic selectors (RFC 7296, 3.13.1) as a member looks at them. */
final class Selectors {
  private Selectors() {}

  /** How many kernel selectors (prefix and port mask on either side) the pair needs. */
  static long kernelSelectors(TrafficSelector source, TrafficSelector destination) {
    return (long) blocks(source) * blocks(destination);
  }

  private static int blocks(TrafficSelector selector) {
    byte[] first = selector.startAddress().toByteArray();
    byte[] last = selector.endAddress().toByteArray();
    return AlignedBlocks.of(
                new BigInteger(1, first), new BigInteger(1, last), Byte.SIZE * first.length)
            .size()
        * AlignedBlocks.of(
                BigInteger.valueOf(selector.startPort()),
                BigInteger.valueOf(selector.endPort()),
                Short.SIZE)
            .size();
  }

  /** {@code 192.0.2.1 -> 239.1.1.1 udp/5000}; {@code any} for every address of the family. */
  static String text(TrafficSelector source, TrafficSelector destination) {
    String text = addresses(source) + " -> " + addresses(destination);
    if (source.ipProtocol() != destination.ipProtocol()) {
      return text + " " + protocolAndPorts(source) + " -> " + protocolAndPorts(destination);
    }
    if (destination.ipProtocol() != IpProtocols.ANY || !destination.isAnyPort()) {
      text += " " + protocolAndPorts(destination);
    }
    return source.isAnyPort() ? text : text + " from ports " + ports(source);
  }

  private static String protocolAndPorts(TrafficSelector selector) {
    String name = IpProtocols.name(selector.ipProtocol());
    return selector.isAnyPort() ? name : name + "/" + ports(selector);
  }

  private static String ports(TrafficSelector selector) {
    if (selector.isOpaquePort()) {
      return "opaque";
    }
    return selector.isSinglePort()
        ? Integer.toString(selector.startPort())
        : selector.startPort() + "-" + selector.endPort();
  }

  private static String addresses(TrafficSelector selector) {
    String first = selector.startInetAddress().getHostAddress();
    if (selector.isSingleAddress()) {
      return first;
    }
    if (selector.isAnyAddress()) {
      return "any";
    }
    OptionalInt prefix = selector.prefixLength();
    return prefix.isPresent()
        ? first + "/" + prefix.getAsInt()
        : first + "-" + selector.endInetAddress().getHostAddress();
  }
}
