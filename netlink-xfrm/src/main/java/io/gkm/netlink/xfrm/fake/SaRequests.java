package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmAddressAttribute;
import io.gkm.netlink.xfrm.XfrmAddressFilter;
import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmDeleteSa;
import io.gkm.netlink.xfrm.XfrmDumpSas;
import io.gkm.netlink.xfrm.XfrmExpire;
import io.gkm.netlink.xfrm.XfrmFlushSas;
import io.gkm.netlink.xfrm.XfrmGetSa;
import io.gkm.netlink.xfrm.XfrmGetSadInfo;
import io.gkm.netlink.xfrm.XfrmGroup;
import io.gkm.netlink.xfrm.XfrmMessage;
import io.gkm.netlink.xfrm.XfrmNewSa;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSadInfo;
import io.gkm.netlink.xfrm.XfrmUpdateSa;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Requests about SAs. */
final class SaRequests {
  private static final int MAX_BUCKETS = 1 << 20;
  private static final int BUCKETS = 8;

  private final Sad sad;
  private final SaAging aging;
  private final Multicast multicast;
  private final LongSupplier clock;

  SaRequests(Sad sad, SaAging aging, Multicast multicast, LongSupplier clock) {
    this.sad = sad;
    this.aging = aging;
    this.multicast = multicast;
    this.clock = clock;
  }

  void add(XfrmSa request, Origin origin) throws Refusal {
    XfrmSa made = SaMaker.make(request, now());
    if (sad.locate(made).isPresent()) {
      throw new Refusal(Errno.EEXIST);
    }
    if (SaRules.hasSpi(made.info().protocol())) {
      waitingFor(made).ifPresent(sad::remove);
    }
    sad.insert(new SaState(made, SaState.Life.VALID, now(), request.attributes()));
    multicast.tell(XfrmGroup.SA, new XfrmNewSa(made), origin);
  }

  /** The larval state that this SA is what it waited for. */
  private Optional<SaState> waitingFor(XfrmSa made) {
    if (made.info().sequence() != 0) {
      Optional<SaState> asked =
          sad.findAcquiring(made.info().sequence(), made.id().mark())
              .filter(s -> s.info().protocol() == made.info().protocol())
              .filter(s -> s.info().destination().equals(made.info().destination()));
      if (asked.isPresent()) {
        return asked;
      }
    }
    return sad.findAcquiring(made);
  }

  /**
   * The event tells what was asked for.
   *
   * @return whether the request's keys are the SA's now
   */
  boolean update(XfrmSa request, Origin origin) throws Refusal {
    XfrmSa made = SaMaker.make(request, now());
    SaState found = sad.locate(made).orElseThrow(() -> new Refusal(Errno.ESRCH));
    boolean larval = found.life() == SaState.Life.ACQUIRING;
    if (larval) {
      sad.insert(new SaState(made, SaState.Life.VALID, now(), request.attributes()));
      sad.remove(found);
    } else {
      found.update(made, now());
      if (found.usage().useTime() != 0) {
        aging.checkLimits(found, now());
      }
    }
    multicast.tell(XfrmGroup.SA, new XfrmUpdateSa(made), origin);
    aging.expireDue(now());
    return larval;
  }

  void delete(XfrmDeleteSa request, Origin origin) throws Refusal {
    SaState state = sad.require(request.id(), source(request.attributes()));
    XfrmSa sa = state.sa();
    XfrmAttributes rest = sa.attributes().without(XfrmAttributeType.MARK).with(sa.info());
    multicast.tell(XfrmGroup.SA, new XfrmDeleteSa(sa.id(), rest), origin);
    sad.remove(state);
  }

  XfrmNewSa get(XfrmGetSa request) throws Refusal {
    return new XfrmNewSa(sad.require(request.id(), source(request.attributes())).sa());
  }

  private static Optional<InetAddress> source(XfrmAttributes attributes) {
    return attributes
        .find(XfrmAttributeType.SRCADDR)
        .map(a -> ((XfrmAddressAttribute) a).address());
  }

  List<XfrmMessage> dump(XfrmDumpSas request) {
    int protocol = request.filter().number(XfrmAttributeType.PROTO).orElse(0);
    Optional<XfrmAddressFilter> filter = request.filter().find(XfrmAddressFilter.class);
    return sad.all().stream()
        .filter(s -> Sad.matches(s, protocol))
        .filter(s -> filter.isEmpty() || matches(s.sa(), filter.get()))
        .<XfrmMessage>map(s -> new XfrmNewSa(s.sa()))
        .toList();
  }

  private static boolean matches(XfrmSa sa, XfrmAddressFilter filter) {
    return Prefixes.matches(sa.source(), filter.source(), filter.sourcePrefix())
        && Prefixes.matches(
            sa.info().destination(), filter.destination(), filter.destinationPrefix());
  }

  /** An empty database is flushed without an event. */
  void flush(XfrmFlushSas request, Origin origin) {
    List<SaState> flushed =
        sad.all().stream().filter(s -> Sad.matches(s, request.protocol())).toList();
    flushed.forEach(sad::remove);
    if (!flushed.isEmpty()) {
      multicast.tell(XfrmGroup.SA, XfrmFlushSas.of(request.protocol()), origin);
    }
  }

  void expire(XfrmExpire request, Origin origin) throws Refusal {
    SaState state = sad.find(request.sa().id()).orElseThrow(() -> new Refusal(Errno.ENOENT));
    if (state.life() != SaState.Life.VALID) {
      throw new Refusal(Errno.EINVAL);
    }
    aging.tell(state, request.hard(), origin);
    if (request.hard()) {
      sad.remove(state);
    }
  }

  XfrmSadInfo info(XfrmGetSadInfo request) {
    return new XfrmSadInfo(
        request.requestFlags(),
        OptionalInt.of(sad.size()),
        Optional.of(new XfrmSadInfo.Hash(BUCKETS, MAX_BUCKETS)),
        List.of());
  }

  private long now() {
    return clock.getAsLong();
  }
}
