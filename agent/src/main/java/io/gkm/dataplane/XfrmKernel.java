package io.gkm.dataplane;

import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.xfrm.XfrmAction;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmDeletePolicy;
import io.gkm.netlink.xfrm.XfrmDeleteSa;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmMark;
import io.gkm.netlink.xfrm.XfrmMessage;
import io.gkm.netlink.xfrm.XfrmMode;
import io.gkm.netlink.xfrm.XfrmNewPolicy;
import io.gkm.netlink.xfrm.XfrmNewSa;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmTemplate;
import io.gkm.netlink.xfrm.XfrmUpdatePolicy;
import io.gkm.netlink.xfrm.XfrmUpdateSa;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kernel as {@link KernelPlanner} sees it: reads its state, carries out operations. */
final class XfrmKernel implements AutoCloseable {
  private final XfrmClient client;

  XfrmKernel(XfrmClient client) {
    this.client = client;
  }

  KernelState read() throws NetlinkException, XfrmException {
    List<KernelPolicy> policies = new ArrayList<>();
    for (XfrmPolicy policy : client.dumpPolicies()) {
      if (isPlain(policy)) {
        XfrmSelectors.decode(policy.id()).ifPresent(key -> policies.add(decode(key, policy)));
      }
    }
    List<KernelSa> sas = new ArrayList<>();
    Set<SaId> others = new HashSet<>();
    for (XfrmSa sa : client.dumpSas()) {
      boolean plain = sa.id().mark().equals(XfrmMark.NONE) && sa.interfaceId().isEmpty();
      if (plain && Reqids.isOurs(sa.reqid())) {
        sas.add(XfrmSas.decode(sa));
      } else if (sa.id().mark().equals(XfrmMark.NONE)) {
        others.add(XfrmSas.decode(sa.id()));
      }
      sa.wipe();
    }
    return new KernelState(sas, others, policies, System.currentTimeMillis() / 1000);
  }

  /** What the kernel counts for the SAs that are ours. */
  List<KernelSnapshot.Sa> counters(Ownership ownership) throws NetlinkException, XfrmException {
    List<KernelSnapshot.Sa> counters = new ArrayList<>();
    for (XfrmSa sa : client.dumpSas()) {
      if (ownership.owns(XfrmSas.decode(sa.id()), sa.reqid())) {
        counters.add(
            new KernelSnapshot.Sa(
                sa.id().destination(),
                sa.id().spi(),
                sa.usage().packets(),
                sa.usage().bytes(),
                sa.errors().replay() + sa.errors().replayWindow(),
                sa.errors().integrityFailed()));
      }
      sa.wipe();
    }
    return counters;
  }

  /**
   * Carries out operations in order; the kernel goes on after one that fails.
   *
   * @return for each why it failed; empty where it was done
   */
  List<Optional<XfrmException>> execute(List<KernelOp> ops) throws NetlinkException {
    List<XfrmMessage> requests = ops.stream().map(XfrmKernel::encode).toList();
    try {
      return client.batch(requests);
    } finally {
      requests.forEach(XfrmMessage::wipe);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static XfrmMessage encode(KernelOp op) {
    if (op instanceof KernelOp.AddSa add) {
      return new XfrmNewSa(XfrmSas.encode(add.spec(), add.reqid(), add.lifetime()));
    }
    if (op instanceof KernelOp.UpdateSaLifetime update) {
      return new XfrmUpdateSa(XfrmSas.encode(update.spec(), update.reqid(), update.lifetime()));
    }
    if (op instanceof KernelOp.DeleteSa delete) {
      return XfrmDeleteSa.of(XfrmSas.encode(delete.id()));
    }
    if (op instanceof KernelOp.AddPolicy add) {
      return new XfrmNewPolicy(encode(add.policy()));
    }
    if (op instanceof KernelOp.UpdatePolicy update) {
      return new XfrmUpdatePolicy(encode(update.policy()));
    }
    KernelOp.DeletePolicy delete = (KernelOp.DeletePolicy) op;
    return XfrmDeletePolicy.of(XfrmSelectors.encode(delete.key()));
  }

  private static XfrmPolicy encode(KernelPolicy policy) {
    XfrmPolicyId id = XfrmSelectors.encode(policy.key());
    if (policy.block()) {
      return XfrmPolicy.block(id, policy.priority());
    }
    if (policy.templates().isEmpty()) {
      return XfrmPolicy.bypass(id, policy.priority());
    }
    return XfrmPolicy.protect(
        id,
        policy.priority(),
        policy.templates().stream().map(XfrmKernel::encode).toArray(XfrmTemplate[]::new));
  }

  private static XfrmTemplate encode(Template template) {
    InetAddress any = XfrmSas.anySource(template.destination());
    return new XfrmTemplate(
        any,
        template.destination(),
        0,
        template.protocol(),
        template.reqid(),
        template.transportMode() ? XfrmMode.TRANSPORT : XfrmMode.TUNNEL,
        !template.required());
  }

  /** Policies with a mark, an xfrm interface or a device are never in our way. */
  private static boolean isPlain(XfrmPolicy policy) {
    return policy.id().mark().equals(XfrmMark.NONE)
        && policy.id().interfaceId().isEmpty()
        && policy.id().selector().interfaceIndex() == 0
        && policy.id().selector().user() == 0;
  }

  private static KernelPolicy decode(PolicyKey key, XfrmPolicy policy) {
    List<Template> templates =
        policy.templates().stream()
            .map(
                t ->
                    new Template(
                        t.destination(),
                        t.protocol(),
                        t.reqid(),
                        !t.optional(),
                        t.mode() == XfrmMode.TRANSPORT))
            .toList();
    return new KernelPolicy(key, policy.priority(), policy.action() == XfrmAction.BLOCK, templates);
  }
}
