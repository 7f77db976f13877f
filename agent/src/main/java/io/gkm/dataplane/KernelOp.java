package io.gkm.dataplane;

/** One change in the kernel. */
sealed interface KernelOp {
  /** A new state; fails when one with this identity is there. */
  record AddSa(SaSpec spec, int reqid, Lifetime lifetime) implements KernelOp {
    @Override
    public String toString() {
      return "add SA " + spec.id();
    }
  }

  /** Another end of life for a state; {@code lifetime} counts from its addition, as ever. */
  record UpdateSaLifetime(SaSpec spec, int reqid, Lifetime lifetime) implements KernelOp {
    @Override
    public String toString() {
      return "change the lifetime of SA " + spec.id();
    }
  }

  record DeleteSa(SaId id) implements KernelOp {
    @Override
    public String toString() {
      return "delete SA " + id;
    }
  }

  /** A new policy; fails when one with this key is there. */
  record AddPolicy(KernelPolicy policy) implements KernelOp {
    @Override
    public String toString() {
      return "add policy " + policy.key();
    }
  }

  /** Another policy in place of the one with this key, with no moment without. */
  record UpdatePolicy(KernelPolicy policy) implements KernelOp {
    @Override
    public String toString() {
      return "replace policy " + policy.key();
    }
  }

  record DeletePolicy(PolicyKey key) implements KernelOp {
    @Override
    public String toString() {
      return "delete policy " + key;
    }
  }
}
