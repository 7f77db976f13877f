package io.gkm.dataplane;

import io.gkm.group.Prefix;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmSelector;
import java.net.InetAddress;
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
    return Prefix.around(address, Math.min(length, 8 * address.getAddress().length));
  }
}
