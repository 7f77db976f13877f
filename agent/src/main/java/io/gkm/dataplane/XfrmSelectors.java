package io.gkm.dataplane;

import io.gkm.group.Prefix;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmSelector;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Selectors and what names a policy, to and from the netlink library. */
final class XfrmSelectors {
  private XfrmSelectors() {}

  static XfrmSelector encode(KernelSelector selector) {
    return XfrmSelector.of(
            selector.source().address(),
            selector.source().length(),
            selector.destination().address(),
            selector.destination().length())
        .with(
            selector.ipProtocol(),
            selector.sourcePort().value(),
            selector.sourcePort().mask(),
            selector.destinationPort().value(),
            selector.destinationPort().mask());
  }

  /** Other programs may leave bits beyond a prefix or a mask; the kernel does not look at them. */
  static KernelSelector decode(XfrmSelector selector) {
    return new KernelSelector(
        prefix(selector.source(), selector.sourcePrefix()),
        prefix(selector.destination(), selector.destinationPrefix()),
        selector.protocol(),
        ports(selector.sourcePort(), selector.sourcePortMask()),
        ports(selector.destinationPort(), selector.destinationPortMask()));
  }

  static XfrmPolicyId encode(PolicyKey key) {
    return XfrmPolicyId.of(
        encode(key.selector()),
        key.direction() == Direction.IN ? XfrmDirection.IN : XfrmDirection.OUT);
  }

  /** Nothing for forwarded traffic, which we have no policies for. */
  static Optional<PolicyKey> decode(XfrmPolicyId id) {
    return switch (id.direction()) {
      case IN -> Optional.of(new PolicyKey(decode(id.selector()), Direction.IN));
      case OUT -> Optional.of(new PolicyKey(decode(id.selector()), Direction.OUT));
      case FWD -> Optional.empty();
    };
  }

  private static PortMask ports(int value, int mask) {
    return new PortMask(value & mask, mask);
  }

  private static Prefix prefix(InetAddress address, int length) {
    byte[] octets = address.getAddress();
    int bits = Math.min(length, octets.length * 8);
    BigInteger masked =
        new BigInteger(1, octets)
            .shiftRight(octets.length * 8 - bits)
            .shiftLeft(octets.length * 8 - bits);
    byte[] magnitude = masked.toByteArray();
    byte[] result = new byte[octets.length];
    for (int i = 1; i <= Math.min(result.length, magnitude.length); i++) {
      result[result.length - i] = magnitude[magnitude.length - i];
    }
    try {
      return new Prefix(InetAddress.getByAddress(result), bits);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + result.length + " octets", e);
    }
  }
}
