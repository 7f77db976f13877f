package io.gkm.dataplane;

/**
 * What makes an XFRM policy one of a kind, whatever its priority; mark and interface id are 0
 * ({@code xfrm_policy_insert}).
 */
record PolicyKey(KernelSelector selector, Direction direction) {
  @Override
  public String toString() {
    return (direction == Direction.IN ? "in " : "out ") + selector;
  }
}
