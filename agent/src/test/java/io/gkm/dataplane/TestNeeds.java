package io.gkm.dataplane;

import io.gkm.group.Flow;
import io.gkm.ike.crypto.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Needs of groups, for tests. */
final class TestNeeds {
  static final String GROUP = "239.1.1.1";

  private TestNeeds() {}

  static KernelSelector selector(String flow) {
    try {
      List<KernelSelector> selectors = SelectorMath.of(Flow.parse(flow));
      if (selectors.size() != 1) {
        throw new IllegalArgumentException(flow + " is not one selector");
      }
      return selectors.get(0);
    } catch (SelectorException e) {
      throw new IllegalArgumentException(flow, e);
    }
  }

  static GroupNeed group(String name, List<KernelSelector> guards, List<SaNeed> sas) {
    return group(name, guards, sas, false);
  }

  static GroupNeed group(
      String name, List<KernelSelector> guards, List<SaNeed> sas, boolean keepsLeftovers) {
    List<KernelSelector> bypasses = new ArrayList<>();
    guards.stream().filter(g -> g.ipProtocol() == 0).forEach(g -> bypasses.add(g.withProtocol(2)));
    return new GroupNeed(name, guards, bypasses, sas, keepsLeftovers, List.of());
  }

  /** An SA for one selector; its key is {@code key} repeated. */
  static SaNeed sa(
      KernelSelector selector, int spi, int key, boolean in, boolean out, Optional<Duration> left) {
    byte[] octets = new byte[20];
    Arrays.fill(octets, (byte) key);
    SaAlgorithms gcm =
        new SaAlgorithms(
            "rfc4106(gcm(aes))", Secret.wrap(octets), 128, "", Secret.wrap(new byte[0]), 0);
    SaDirection direction = in == out ? SaDirection.ANY : in ? SaDirection.IN : SaDirection.OUT;
    SaId id = new SaId(selector.destination().address(), spi, 50);
    return new SaNeed(
        new SaSpec(id, selector, gcm, 0, direction), List.of(selector), in, out, Lifetime.of(left));
  }
}
