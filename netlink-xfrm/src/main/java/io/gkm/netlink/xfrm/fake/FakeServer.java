package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmAe;
import io.gkm.netlink.xfrm.XfrmAllocateSpi;
import io.gkm.netlink.xfrm.XfrmAttribute;
import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmDefaults;
import io.gkm.netlink.xfrm.XfrmDefaults.Verdict;
import io.gkm.netlink.xfrm.XfrmDeletePolicy;
import io.gkm.netlink.xfrm.XfrmDeleteSa;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmDumpPolicies;
import io.gkm.netlink.xfrm.XfrmDumpSas;
import io.gkm.netlink.xfrm.XfrmExpire;
import io.gkm.netlink.xfrm.XfrmFlushPolicies;
import io.gkm.netlink.xfrm.XfrmFlushSas;
import io.gkm.netlink.xfrm.XfrmGetAe;
import io.gkm.netlink.xfrm.XfrmGetDefault;
import io.gkm.netlink.xfrm.XfrmGetPolicy;
import io.gkm.netlink.xfrm.XfrmGetSa;
import io.gkm.netlink.xfrm.XfrmGetSadInfo;
import io.gkm.netlink.xfrm.XfrmGetSpdInfo;
import io.gkm.netlink.xfrm.XfrmMessage;
import io.gkm.netlink.xfrm.XfrmNewAe;
import io.gkm.netlink.xfrm.XfrmNewPolicy;
import io.gkm.netlink.xfrm.XfrmNewSa;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmReplayEsn;
import io.gkm.netlink.xfrm.XfrmReplayState;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSadInfo;
import io.gkm.netlink.xfrm.XfrmSetDefault;
import io.gkm.netlink.xfrm.XfrmSpdInfo;
import io.gkm.netlink.xfrm.XfrmSpdInfo.Thresholds;
import io.gkm.netlink.xfrm.XfrmUpdatePolicy;
import io.gkm.netlink.xfrm.XfrmUpdateSa;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Carries out requests on the databases, tells the events and gives the replies. */
final class FakeServer {
  private static final int BUCKETS = 8;
  private static final int MAX_BUCKETS = 1 << 20;

  private final FakeXfrmKernel kernel;
  private XfrmDefaults defaults = new XfrmDefaults(Verdict.ACCEPT, Verdict.ACCEPT, Verdict.ACCEPT);
  private Thresholds ipv4 = new Thresholds(32, 32);
  private Thresholds ipv6 = new Thresholds(128, 128);

  FakeServer(FakeXfrmKernel kernel) {
    this.kernel = kernel;
  }

  /** The replies beside the acknowledgement. */
  List<XfrmMessage> carryOut(XfrmMessage request) throws Refusal {
    synchronized (kernel) {
      kernel.checkRefused(request);
      Optional<List<XfrmMessage>> answer = ask(request);
      if (answer.isPresent()) {
        return answer.get();
      }
      change(request);
      return List.of();
    }
  }

  private Optional<List<XfrmMessage>> ask(XfrmMessage request) throws Refusal {
    if (request instanceof XfrmGetSa get) {
      return reply(new XfrmNewSa(kernel.sas().get(get.id())));
    } else if (request instanceof XfrmDumpSas dump) {
      return Optional.of(
          kernel.sas().list(dump).stream().<XfrmMessage>map(XfrmNewSa::new).toList());
    } else if (request instanceof XfrmAllocateSpi allocate) {
      return reply(new XfrmNewSa(kernel.sas().allocate(allocate, kernel.now())));
    } else if (request instanceof XfrmGetPolicy get) {
      return reply(new XfrmNewPolicy(kernel.policies().get(get.id(), get.index())));
    } else if (request instanceof XfrmDumpPolicies) {
      return Optional.of(
          kernel.policies().list().stream().<XfrmMessage>map(XfrmNewPolicy::new).toList());
    } else if (request instanceof XfrmGetDefault) {
      return reply(new XfrmGetDefault(defaults));
    } else if (request instanceof XfrmGetSadInfo get) {
      return reply(sadInfo(get.requestFlags()));
    } else if (request instanceof XfrmGetSpdInfo get) {
      return reply(spdInfo(get.requestFlags()));
    } else if (request instanceof XfrmGetAe get) {
      return reply(new XfrmNewAe(state(kernel.sas().get(get.state().id()))));
    }
    return Optional.empty();
  }

  private static Optional<List<XfrmMessage>> reply(XfrmMessage reply) {
    return Optional.of(List.of(reply));
  }

  private void change(XfrmMessage request) throws Refusal {
    if (request instanceof XfrmNewSa add) {
      kernel.sas().add(add.sa(), kernel.now());
      kernel.tell(new XfrmNewSa(kernel.sas().get(add.sa().id())));
    } else if (request instanceof XfrmUpdateSa update) {
      kernel.tell(new XfrmUpdateSa(kernel.sas().update(update.sa(), kernel.now())));
    } else if (request instanceof XfrmDeleteSa delete) {
      tellDeleted(kernel.sas().delete(delete.id()));
    } else if (request instanceof XfrmFlushSas flush) {
      if (kernel.sas().flush(flush.protocol()) > 0) {
        kernel.tell(flush);
      }
    } else if (request instanceof XfrmNewPolicy add) {
      kernel.policies().insert(add.policy(), true, kernel.now());
      kernel.tell(new XfrmNewPolicy(kernel.policies().get(add.policy().id(), 0)));
    } else if (request instanceof XfrmUpdatePolicy update) {
      kernel.policies().insert(update.policy(), false, kernel.now());
      kernel.tell(new XfrmUpdatePolicy(kernel.policies().get(update.policy().id(), 0)));
    } else if (request instanceof XfrmDeletePolicy delete) {
      tellDeleted(kernel.policies().delete(delete.id(), delete.index()));
    } else if (request instanceof XfrmFlushPolicies flush) {
      if (kernel.policies().flush() > 0) {
        kernel.tell(flush);
      }
    } else if (request instanceof XfrmExpire expire) {
      kernel.expire(kernel.sas().get(expire.sa().id()), expire.hard());
    } else {
      changeSettings(request);
    }
  }

  private void changeSettings(XfrmMessage request) throws Refusal {
    if (request instanceof XfrmSetDefault set) {
      defaults =
          new XfrmDefaults(
              changed(defaults.in(), set.defaults().in()),
              changed(defaults.forward(), set.defaults().forward()),
              changed(defaults.out(), set.defaults().out()));
      kernel.tell(new XfrmGetDefault(defaults));
    } else if (request instanceof XfrmSpdInfo info) {
      ipv4 = info.ipv4().orElse(ipv4);
      ipv6 = info.ipv6().orElse(ipv6);
    } else if (request instanceof XfrmNewAe set) {
      set(set.state());
    } else {
      throw new Refusal(Errno.ENOPROTOOPT, "the fake kernel has no " + request.type());
    }
  }

  private static Verdict changed(Verdict old, Verdict wanted) {
    return wanted == Verdict.UNSPECIFIED ? old : wanted;
  }

  private void set(XfrmAe state) throws Refusal {
    XfrmSa sa = kernel.sas().get(state.id());
    boolean any = false;
    XfrmAttributes attributes = sa.attributes();
    for (XfrmAttributeType type :
        List.of(XfrmAttributeType.REPLAY_VAL, XfrmAttributeType.REPLAY_ESN_VAL)) {
      Optional<XfrmAttribute> value = state.attributes().find(type);
      if (value.isPresent()) {
        attributes = attributes.with(value.get());
        any = true;
      }
    }
    if (!any && !state.attributes().has(XfrmAttributeType.LTIME_VAL)) {
      throw Refusal.invalid("");
    }
    kernel.sas().replace(sa, new XfrmSa(sa.info(), attributes));
  }

  private static XfrmAe state(XfrmSa sa) {
    XfrmAttributes attributes = XfrmAttributes.of(sa.usage());
    XfrmAttribute replay =
        sa.attributes()
            .find(XfrmReplayEsn.class)
            .<XfrmAttribute>map(r -> r)
            .orElseGet(
                () ->
                    sa.attributes()
                        .find(XfrmReplayState.class)
                        .orElse(new XfrmReplayState(0, 0, 0)));
    return new XfrmAe(sa.id(), sa.source(), 0, sa.reqid(), attributes.with(replay));
  }

  private void tellDeleted(XfrmSa sa) {
    kernel.tell(
        new XfrmDeleteSa(sa.id(), sa.attributes().without(XfrmAttributeType.MARK).with(sa.info())));
    sa.wipe();
  }

  private void tellDeleted(XfrmPolicy policy) {
    XfrmAttributes rest =
        policy.attributes().without(XfrmAttributeType.MARK, XfrmAttributeType.IF_ID);
    kernel.tell(new XfrmDeletePolicy(policy.id(), policy.index(), rest.with(policy.info())));
  }

  private XfrmSadInfo sadInfo(int flags) {
    return new XfrmSadInfo(
        flags,
        OptionalInt.of(kernel.sas().all().size()),
        Optional.of(new XfrmSadInfo.Hash(BUCKETS, MAX_BUCKETS)),
        List.of());
  }

  private XfrmSpdInfo spdInfo(int flags) {
    PolicyDatabase policies = kernel.policies();
    return new XfrmSpdInfo(
        flags,
        Optional.of(
            new XfrmSpdInfo.Counts(
                policies.count(XfrmDirection.IN),
                policies.count(XfrmDirection.OUT),
                policies.count(XfrmDirection.FWD),
                0,
                0,
                0)),
        Optional.of(new XfrmSpdInfo.Hash(BUCKETS, MAX_BUCKETS)),
        Optional.of(ipv4),
        Optional.of(ipv6),
        List.of());
  }
}
