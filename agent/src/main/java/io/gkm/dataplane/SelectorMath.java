package io.gkm.dataplane;

import io.gkm.group.AddressText;
import io.gkm.group.AlignedBlocks;
import io.gkm.group.Flow;
import io.gkm.group.IpProtocols;
import io.gkm.group.PortRange;
import io.gkm.group.Prefix;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Address and port ranges (RFC 7296 section 3.13.1, or a configured flow) as XFRM selectors, which
 * know prefixes and port masks only. Each range falls into aligned power-of-two blocks; the
 * selectors are all their combinations.
 */
public final class SelectorMath {
  /** More selectors than this for one pair of ranges are refused. */
  public static final int MAX_SELECTORS = 64;

  private SelectorMath() {}

  /** One side of a pair of traffic selectors: addresses and ports, both ends included. */
  record Range(InetAddress first, InetAddress last, int firstPort, int lastPort) {}

  /**
   * Selectors that together match exactly this flow, disjoint.
   *
   * @throws SelectorException when the kernel cannot express it
   */
  static List<KernelSelector> of(Flow flow) throws SelectorException {
    return product(
        List.of(flow.source()),
        List.of(flow.destination()),
        flow.ipProtocol(),
        ports(flow.ipProtocol(), flow.sourcePorts().first(), flow.sourcePorts().last()),
        ports(flow.ipProtocol(), flow.destinationPorts().first(), flow.destinationPorts().last()));
  }

  /**
   * Selectors that together match exactly what is in both ranges, disjoint.
   *
   * @throws SelectorException when the kernel cannot express it
   */
  static List<KernelSelector> of(int ipProtocol, Range source, Range destination)
      throws SelectorException {
    return product(
        prefixes(source.first(), source.last()),
        prefixes(destination.first(), destination.last()),
        ipProtocol,
        ports(ipProtocol, source.firstPort(), source.lastPort()),
        ports(ipProtocol, destination.firstPort(), destination.lastPort()));
  }

  /**
   * The smallest single selector that matches all that these (at least one, of one protocol) match.
   */
  static KernelSelector covering(List<KernelSelector> selectors) {
    KernelSelector result = selectors.get(0);
    for (KernelSelector next : selectors) {
      result =
          new KernelSelector(
              covering(result.source(), next.source()),
              covering(result.destination(), next.destination()),
              result.ipProtocol(),
              covering(result.sourcePort(), next.sourcePort()),
              covering(result.destinationPort(), next.destinationPort()));
    }
    return result;
  }

  /** A single selector around the flow: its addresses and protocol, with any port. */
  static KernelSelector around(Flow flow) {
    return new KernelSelector(
        flow.source(), flow.destination(), flow.ipProtocol(), PortMask.ANY, PortMask.ANY);
  }

  /** The prefixes that make up {@code first..last}, in order. */
  static List<Prefix> prefixes(InetAddress first, InetAddress last) throws SelectorException {
    int bits = 8 * first.getAddress().length;
    if (8 * last.getAddress().length != bits) {
      throw new SelectorException("an address range from one family into the other");
    }
    BigInteger start = new BigInteger(1, first.getAddress());
    BigInteger end = new BigInteger(1, last.getAddress());
    if (start.compareTo(end) > 0) {
      throw new SelectorException("an empty address range");
    }
    return AlignedBlocks.of(start, end, bits).stream()
        .map(block -> new Prefix(address(block.start(), bits), bits - block.sizeBits()))
        .toList();
  }

  /** The value/mask pairs that make up {@code first..last}, in order. */
  static List<PortMask> ports(int first, int last) throws SelectorException {
    if (first < 0 || last > PortRange.MAX_PORT || first > last) {
      throw new SelectorException("no port matches the range " + first + "-" + last);
    }
    return AlignedBlocks.of(BigInteger.valueOf(first), BigInteger.valueOf(last), Short.SIZE)
        .stream()
        .map(block -> new PortMask(block.start().intValue(), 0xffff & (-1 << block.sizeBits())))
        .toList();
  }

  // For ICMP the kernel takes the port fields of a selector as type and code, a traffic selector
  // has both in each port (RFC 4301, 4.4.1.1): not the same thing, so it is not tried.
  private static List<PortMask> ports(int ipProtocol, int first, int last)
      throws SelectorException {
    List<PortMask> result = ports(first, last);
    if (!result.equals(List.of(PortMask.ANY)) && !IpProtocols.hasPorts(ipProtocol)) {
      throw new SelectorException(
          "ports (or ICMP types) with protocol " + IpProtocols.name(ipProtocol));
    }
    return result;
  }

  private static List<KernelSelector> product(
      List<Prefix> sources,
      List<Prefix> destinations,
      int ipProtocol,
      List<PortMask> sourcePorts,
      List<PortMask> destinationPorts)
      throws SelectorException {
    long count =
        (long) sources.size() * destinations.size() * sourcePorts.size() * destinationPorts.size();
    if (count > MAX_SELECTORS) {
      throw new SelectorException(
          "its ranges need " + count + " kernel selectors, more than " + MAX_SELECTORS);
    }
    List<KernelSelector> result = new ArrayList<>();
    for (Prefix source : sources) {
      for (Prefix destination : destinations) {
        for (PortMask sourcePort : sourcePorts) {
          for (PortMask destinationPort : destinationPorts) {
            result.add(
                new KernelSelector(source, destination, ipProtocol, sourcePort, destinationPort));
          }
        }
      }
    }
    return List.copyOf(result);
  }

  private static Prefix covering(Prefix one, Prefix other) {
    int bits = 8 * one.address().getAddress().length;
    BigInteger first = new BigInteger(1, one.address().getAddress());
    BigInteger second = new BigInteger(1, other.address().getAddress());
    int common = bits - first.xor(second).bitLength();
    int length = Math.min(common, Math.min(one.length(), other.length()));
    return new Prefix(
        address(first.shiftRight(bits - length).shiftLeft(bits - length), bits), length);
  }

  private static PortMask covering(PortMask one, PortMask other) {
    int mask = one.mask() & other.mask();
    int differing = (one.value() ^ other.value()) & mask;
    if (differing != 0) {
      mask &= ~((Integer.highestOneBit(differing) << 1) - 1);
    }
    return new PortMask(one.value() & mask, mask);
  }

  private static InetAddress address(BigInteger number, int bits) {
    byte[] octets = new byte[bits / 8];
    byte[] magnitude = number.toByteArray();
    for (int i = 1; i <= Math.min(octets.length, magnitude.length); i++) {
      octets[octets.length - i] = magnitude[magnitude.length - i];
    }
    return AddressText.address(octets);
  }
}
