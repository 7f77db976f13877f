package io.gkm.dataplane;

import io.gkm.dataplane.DataPlaneProblem.NotExpressible;
import io.gkm.group.DataSa;
import io.gkm.group.DesiredState;
import io.gkm.group.Flow;
import io.gkm.group.GroupState;
import io.gkm.group.IpProtocols;
import io.gkm.ike.Moment;
import io.gkm.ike.crypto.DataTransform;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.TrafficSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The desired state in the kernel's terms. */
final class Needs {
  private static final int ESP = 50;
  private static final int AH = 51;
  private static final int IGMP = 2;

  /** Query, MLDv1 Report and Done (RFC 2710), MLDv2 Report (RFC 9777). */
  private static final List<Integer> MLD_TYPES = List.of(130, 131, 132, 143);

  private final boolean hasSaDirection;
  private final Moment now;

  private Needs(boolean hasSaDirection, Moment now) {
    this.hasSaDirection = hasSaDirection;
    this.now = now;
  }

  /**
   * @param hasSaDirection whether the kernel can restrict an SA to one direction
   */
  static List<GroupNeed> of(DesiredState desired, boolean hasSaDirection, Moment now) {
    Needs needs = new Needs(hasSaDirection, now);
    return desired.groups().stream().map(needs::group).toList();
  }

  private GroupNeed group(GroupState group) {
    List<DataPlaneProblem> problems = new ArrayList<>();
    List<KernelSelector> guards = new ArrayList<>();
    List<KernelSelector> bypasses = new ArrayList<>();
    for (Flow flow : group.allow()) {
      guards.addAll(guards(flow));
      bypasses.addAll(bypasses(flow));
    }
    for (Flow flow : group.bypass()) {
      try {
        bypasses.addAll(SelectorMath.of(flow));
      } catch (SelectorException e) {
        problems.add(new NotExpressible("bypass " + flow, e.getMessage()));
      }
    }
    List<SaNeed> sas = new ArrayList<>();
    for (DataSa sa : group.dataSas()) {
      try {
        sas.add(sa(sa, group.renewAfterPackets()));
      } catch (SelectorException e) {
        problems.add(new NotExpressible("SA " + sa.spiText(), e.getMessage()));
      }
    }
    return new GroupNeed(group.name(), guards, bypasses, sas, group.keepsLeftovers(), problems);
  }

  /**
   * IGMPv2 and MLDv1 reports, and queries about one group, go to the group itself; a guard would
   * stop them. Of ICMPv6 nothing else passes.
   */
  private static List<KernelSelector> bypasses(Flow flow) {
    boolean any = flow.ipProtocol() == IpProtocols.ANY;
    if (flow.isIpv4()) {
      return any
          ? guards(flow).stream().map(guard -> guard.withProtocol(IGMP)).toList()
          : List.of();
    }
    if (!any && flow.ipProtocol() != KernelSelector.ICMPV6) {
      return List.of();
    }
    return guards(flow).stream()
        .flatMap(guard -> MLD_TYPES.stream().map(guard::withIcmpv6Type))
        .toList();
  }

  /** Exactly the flow, or where the kernel cannot express that, more than it: never less. */
  private static List<KernelSelector> guards(Flow flow) {
    try {
      return SelectorMath.of(flow);
    } catch (SelectorException e) {
      return List.of(SelectorMath.around(flow));
    }
  }

  private SaNeed sa(DataSa sa, long softPackets) throws SelectorException {
    TrafficSelector to = sa.destination();
    if (!to.isSingleAddress()) {
      throw new SelectorException("an SA has one destination address, this one names several");
    }
    List<KernelSelector> selectors =
        SelectorMath.of(to.ipProtocol(), range(sa.source()), range(to));
    SaSpec spec =
        new SaSpec(
            new SaId(to.startInetAddress(), sa.spi(), sa.protocolId() == ProtocolId.AH ? AH : ESP),
            SelectorMath.covering(selectors),
            algorithms(sa),
            sa.replayWindow(),
            direction(sa));
    Lifetime lifetime = Lifetime.of(sa.expiresAt().map(now::until)).withSoftPackets(softPackets);
    return new SaNeed(spec, selectors, sa.inbound(), sa.sending(), lifetime);
  }

  private SaDirection direction(DataSa sa) {
    if (!hasSaDirection || sa.inbound() == sa.outbound()) {
      return SaDirection.ANY;
    }
    return sa.inbound() ? SaDirection.IN : SaDirection.OUT;
  }

  /** Shares the keys of the desired state: it outlives the plan. */
  private static SaAlgorithms algorithms(DataSa sa) {
    Optional<DataTransform> encryption = sa.suite().encryption();
    Optional<DataTransform> integrity = sa.suite().integrity();
    return new SaAlgorithms(
        encryption.map(DataTransform::kernelName).orElse(""),
        sa.keys().encryption(),
        encryption.map(DataTransform::icvBits).orElse(0),
        integrity.map(DataTransform::kernelName).orElse(""),
        sa.keys().integrity(),
        integrity.map(DataTransform::icvBits).orElse(0));
  }

  private static SelectorMath.Range range(TrafficSelector selector) {
    return new SelectorMath.Range(
        selector.startInetAddress(),
        selector.endInetAddress(),
        selector.startPort(),
        selector.endPort());
  }
}
