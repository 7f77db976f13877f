package io.gkm.dataplane;

import java.util.List;
import java.util.Set;

/**
 * What the kernel holds, as far as it matters here. Objects with a mark or an interface id cannot
 * be in our way and are left out, as are states that still wait for an SPI.
 *
 * @param sas those whose reqid has our mark
 * @param otherSas identities of all other states
 * @param policies all, ours and others'
 * @param time the kernel's clock, seconds since 1970
 */
record KernelState(List<KernelSa> sas, Set<SaId> otherSas, List<KernelPolicy> policies, long time)
    implements AutoCloseable {

  KernelState {
    sas = List.copyOf(sas);
    otherSas = Set.copyOf(otherSas);
    policies = List.copyOf(policies);
  }

  /** Wipes the keys the kernel told. */
  @Override
  public void close() {
    sas.forEach(sa -> sa.spec().algorithms().close());
  }
}
