package io.gkm.dataplane;

import java.util.List;

/**
 * One SA that should be there, and the policies that send traffic through it.
 *
 * @param selectors what it protects; one policy each and direction
 * @param lifetime from now
 */
record SaNeed(
    SaSpec spec,
    List<KernelSelector> selectors,
    boolean inbound,
    boolean outbound,
    Lifetime lifetime) {
  SaNeed {
    selectors = List.copyOf(selectors);
  }
}
