package io.gkm.dataplane;

/** Why a group's traffic is not (all) protected now; until it is, it stays blocked. */
public sealed interface DataPlaneProblem {
  /** What is wrong and, where there is something, what to do about it; for people. */
  String text();

  /** Somebody else's policy has the selector and direction of one that the group needs. */
  record ForeignPolicy(String policy) implements DataPlaneProblem {
    @Override
    public String text() {
      return "another program has a policy "
          + policy
          + ": not touched, and the group stays closed; remove it (ip xfrm policy) or change `allow`";
    }
  }

  /** Somebody else's SA has the destination, SPI and protocol of one that the group needs. */
  record ForeignSa(String sa) implements DataPlaneProblem {
    @Override
    public String text() {
      return "another program has an SA " + sa + ": not touched; remove it (ip xfrm state)";
    }
  }

  /** Two groups (or two SAs of one) want the same; the first one has it. */
  record Taken(String what, String byGroup) implements DataPlaneProblem {
    @Override
    public String text() {
      return what + " is already in use by group " + byGroup;
    }
  }

  /** The kernel has no way to express it, or this data plane none yet. */
  record NotExpressible(String what, String reason) implements DataPlaneProblem {
    @Override
    public String text() {
      return what + " cannot be put into the kernel: " + reason;
    }
  }

  /** The kernel said no, twice. */
  record KernelRefused(String operation, String reason) implements DataPlaneProblem {
    @Override
    public String text() {
      return "the kernel refused to " + operation + ": " + reason;
    }
  }
}
