package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.xfrm.XfrmAllocateSpi;
import io.gkm.netlink.xfrm.XfrmDeletePolicy;
import io.gkm.netlink.xfrm.XfrmDeleteSa;
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
import io.gkm.netlink.xfrm.XfrmMessageType;
import io.gkm.netlink.xfrm.XfrmNewAe;
import io.gkm.netlink.xfrm.XfrmNewPolicy;
import io.gkm.netlink.xfrm.XfrmNewSa;
import io.gkm.netlink.xfrm.XfrmPolicyExpire;
import io.gkm.netlink.xfrm.XfrmSetDefault;
import io.gkm.netlink.xfrm.XfrmSpdInfo;
import io.gkm.netlink.xfrm.XfrmUpdatePolicy;
import io.gkm.netlink.xfrm.XfrmUpdateSa;
import java.util.List;
import java.util.function.LongSupplier;

/** Takes requests apart and answers them. */
final class Requests {
  /** Those of XFRM begin here. */
  private static final int FIRST_TYPE = 0x10;

  private final Spd spd;
  private final SpdSettings settings;
  private final SaRequests sas;
  private final SpiAllocation spis;
  private final AeRequests aes;
  private final PolicyRequests policies;
  private final Refusals refusals;

  Requests(
      Sad sad,
      Spd spd,
      SaRequests sas,
      PolicyRequests policies,
      SpdSettings settings,
      Multicast multicast,
      Refusals refusals,
      LongSupplier clock) {
    this.spd = spd;
    this.settings = settings;
    this.sas = sas;
    this.policies = policies;
    this.refusals = refusals;
    this.spis = new SpiAllocation(sad, clock);
    this.aes = new AeRequests(sad, multicast);
  }

  /** All messages of a datagram, in order, whatever becomes of them; a cut one ends it. */
  void handle(StructReader datagram, ClientPort port) {
    while (datagram.remaining() >= NetlinkMessage.HEADER) {
      NetlinkMessage message;
      try {
        message = NetlinkMessage.decode(datagram);
      } catch (NetlinkCodecException e) {
        // As the kernel does: without a length that can be trusted there is nobody to answer.
        return;
      }
      handle(message, port);
    }
  }

  private void handle(NetlinkMessage message, ClientPort port) {
    boolean dump = isDump(message);
    Origin to = new Origin(port.portId(), message.sequence());
    try {
      if (message.has(NetlinkMessage.F_REQUEST) && message.type() >= FIRST_TYPE) {
        carryOut(message, dump, to, port);
      }
      if (!dump && message.has(NetlinkMessage.F_ACK)) {
        port.deliver(Answers.ack(message, port.portId()));
      }
    } catch (Refusal e) {
      port.deliver(
          dump
              ? Answers.failedDump(e.error(), to)
              : Answers.error(message, e.error(), port.portId()));
    }
  }

  /** Either bit of NLM_F_DUMP is enough for the kernel. */
  private static boolean isDump(NetlinkMessage message) {
    boolean canDump =
        message.type() == XfrmMessageType.GETSA.number()
            || message.type() == XfrmMessageType.GETPOLICY.number();
    return canDump && (message.flags() & NetlinkMessage.F_DUMP) != 0;
  }

  private void carryOut(NetlinkMessage message, boolean dump, Origin to, ClientPort port)
      throws Refusal {
    XfrmMessage request = decode(message, dump);
    boolean keysAreKept = false;
    try {
      refusals.check(request);
      Origin origin = new Origin(message.portId(), message.sequence());
      if (dump) {
        Answers.dump(dump(request), to, port);
      } else if (request instanceof XfrmNewSa add) {
        sas.add(add.sa(), origin);
        keysAreKept = true;
      } else if (request instanceof XfrmUpdateSa update) {
        keysAreKept = sas.update(update.sa(), origin);
      } else if (isQuestion(request)) {
        port.deliver(Answers.message(answer(request), to));
      } else {
        change(request, message, origin);
      }
    } finally {
      if (!keysAreKept) {
        request.wipe();
      }
    }
  }

  private static XfrmMessage decode(NetlinkMessage message, boolean dump) throws Refusal {
    XfrmMessageType type =
        XfrmMessageType.of(message.type()).orElseThrow(() -> new Refusal(Errno.EINVAL));
    try {
      return XfrmMessage.decode(type, dump, message.payload().copy());
    } catch (NetlinkCodecException e) {
      throw new Refusal(Malformed.explain(type, dump, message.payload().copy(), e));
    }
  }

  private List<? extends XfrmMessage> dump(XfrmMessage request) {
    return request instanceof XfrmDumpSas filter ? sas.dump(filter) : policies.dump();
  }

  private static boolean isQuestion(XfrmMessage request) {
    return switch (request.type()) {
      case GETSA, GETPOLICY, GETAE, GETSADINFO, GETSPDINFO, GETDEFAULT, ALLOCSPI -> true;
      default -> false;
    };
  }

  private XfrmMessage answer(XfrmMessage request) throws Refusal {
    if (request instanceof XfrmGetSa get) {
      return sas.get(get);
    }
    if (request instanceof XfrmAllocateSpi allocate) {
      return spis.allocate(allocate);
    }
    if (request instanceof XfrmGetPolicy get) {
      return policies.get(get);
    }
    if (request instanceof XfrmGetAe get) {
      return aes.get(get.state());
    }
    if (request instanceof XfrmGetSadInfo get) {
      return sas.info(get);
    }
    if (request instanceof XfrmGetSpdInfo get) {
      return settings.info(get, spd);
    }
    return new XfrmGetDefault(settings.defaults());
  }

  private void change(XfrmMessage request, NetlinkMessage header, Origin origin) throws Refusal {
    if (request instanceof XfrmDeleteSa delete) {
      sas.delete(delete, origin);
    } else if (request instanceof XfrmFlushSas flush) {
      sas.flush(flush, origin);
    } else if (request instanceof XfrmExpire expire) {
      sas.expire(expire, origin);
    } else if (request instanceof XfrmNewAe set) {
      aes.set(set.state(), header, origin);
    } else if (request instanceof XfrmNewPolicy add) {
      policies.add(add.policy(), origin);
    } else if (request instanceof XfrmUpdatePolicy update) {
      policies.update(update.policy(), origin);
    } else if (request instanceof XfrmDeletePolicy delete) {
      policies.delete(delete, origin);
    } else if (request instanceof XfrmFlushPolicies flush) {
      policies.flush(flush, origin);
    } else if (request instanceof XfrmPolicyExpire expire) {
      policies.expire(expire, origin);
    } else if (request instanceof XfrmSetDefault set) {
      settings.defaults(set.defaults());
    } else if (request instanceof XfrmSpdInfo set) {
      settings.thresholds(set, spd);
    } else {
      notDone(request);
    }
  }

  private static void notDone(XfrmMessage request) throws Refusal {
    switch (request.type()) {
      case MIGRATE ->
          throw new Refusal(Errno.ENOPROTOOPT, "the fake kernel is built without migration");
      case ACQUIRE -> throw new Refusal(Errno.EOPNOTSUPP, "the fake kernel takes no ACQUIRE");
      default -> throw new Refusal(Errno.EINVAL);
    }
  }
}
