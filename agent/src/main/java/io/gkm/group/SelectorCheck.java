package io.gkm.group;

import io.gkm.ike.wire.TrafficSelector;
import java.util.List;

/**
 * Whether a data SA's selectors are inside {@code allow} and such that the kernel can hold them.
 */
final class SelectorCheck {
  /** One SA may need this many kernel policies per direction; odd ranges multiply. */
  static final int MAX_KERNEL_SELECTORS = 32;

  private SelectorCheck() {}

  static void check(
      String sa, TrafficSelector source, TrafficSelector destination, List<Flow> allow)
      throws PolicyRefusedException {
    String selectors = Selectors.text(source, destination);
    if (source.ipProtocol() != destination.ipProtocol()) {
      throw new PolicyRefusedException(
          sa + " names different protocols for source and destination (" + selectors + ")");
    }
    if (!IpProtocols.hasPorts(source.ipProtocol())
        && !(source.isAnyPort() && destination.isAnyPort())) {
      throw new PolicyRefusedException(
          sa + " names ports for a protocol without ports (" + selectors + ")");
    }
    if (allow.stream().noneMatch(flow -> flow.contains(source, destination))) {
      throw new PolicyRefusedException(
          sa + " protects " + selectors + ", which `allow` does not cover");
    }
    if (!destination.isSingleAddress()) {
      throw new PolicyRefusedException(
          sa + " protects several group addresses (" + selectors + "), which is not supported yet");
    }
    if (Selectors.kernelSelectors(source, destination) > MAX_KERNEL_SELECTORS) {
      throw new PolicyRefusedException(
          sa + " has ranges that fall into too many kernel policies (" + selectors + ")");
    }
  }
}
