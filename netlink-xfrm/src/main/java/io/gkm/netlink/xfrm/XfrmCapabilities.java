package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetworkNamespace;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the running kernel can do, found out by trying.
 *
 * @param capabilities what it has of {@link XfrmCapability}
 * @param algorithms what it has of {@link ProbedAlgorithms}, by name and key, such as {@code
 *     rfc4106(gcm(aes)) 256 icv 128}
 */
public record XfrmCapabilities(Set<XfrmCapability> capabilities, Set<String> algorithms) {
  public XfrmCapabilities {
    capabilities = Set.copyOf(capabilities);
    algorithms = Set.copyOf(algorithms);
  }

  /**
   * Tries everything in a network namespace of its own, which is gone when this returns, and when
   * the program is killed meanwhile.
   *
   * @throws NetlinkException where this is not allowed to make one: it takes CAP_SYS_ADMIN
   */
  public static XfrmCapabilities probe() throws NetlinkException {
    try (XfrmClient client = XfrmClient.open(NetworkNamespace.fresh())) {
      CapabilityProbe probe = new CapabilityProbe(client);
      Set<XfrmCapability> found = EnumSet.noneOf(XfrmCapability.class);
      for (XfrmCapability capability : XfrmCapability.values()) {
        if (probe.has(capability)) {
          found.add(capability);
        }
      }
      return new XfrmCapabilities(found, new ProbedAlgorithms(client).find());
    }
  }

  public boolean has(XfrmCapability capability) {
    return capabilities.contains(capability);
  }

  /** Everything by name, as JSON would have it: what there is true, what there is not false. */
  public Map<String, Boolean> toMap() {
    Map<String, Boolean> map = new LinkedHashMap<>();
    for (XfrmCapability capability : XfrmCapability.values()) {
      map.put(capability.name(), has(capability));
    }
    for (String algorithm : new TreeSet<>(ProbedAlgorithms.names())) {
      map.put(algorithm, algorithms.contains(algorithm));
    }
    return map;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    toMap()
        .forEach((name, has) -> text.append(has ? "  yes  " : "  no   ").append(name).append('\n'));
    return text.toString();
  }
}
