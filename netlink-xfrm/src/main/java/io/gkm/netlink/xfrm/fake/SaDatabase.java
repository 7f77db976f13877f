package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmAddressFilter;
import io.gkm.netlink.xfrm.XfrmAllocateSpi;
import io.gkm.netlink.xfrm.XfrmAttribute;
import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmDumpSas;
import io.gkm.netlink.xfrm.XfrmErrors;
import io.gkm.netlink.xfrm.XfrmLifetime;
import io.gkm.netlink.xfrm.XfrmMark;
import io.gkm.netlink.xfrm.XfrmProtocol;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaId;
import io.gkm.netlink.xfrm.XfrmSaInfo;
import io.gkm.netlink.xfrm.XfrmUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The SAs, the newest first, as the kernel lists them. */
final class SaDatabase {
  /** Larval states end after net.core.xfrm_acq_expires. */
  private static final XfrmLifetime LARVAL = XfrmLifetime.ofSeconds(0, 30);

  /** What an update takes over from the new SA. */
  private static final XfrmAttributeType[] UPDATED = {
    XfrmAttributeType.ENCAP,
    XfrmAttributeType.COADDR,
    XfrmAttributeType.SET_MARK,
    XfrmAttributeType.SET_MARK_MASK
  };

  private final List<XfrmSa> sas = new ArrayList<>();
  private final Random random = new Random(4303);

  List<XfrmSa> all() {
    return List.copyOf(sas);
  }

  void add(XfrmSa sa, long now) throws Refusal {
    SaRules.check(sa);
    if (find(sa.id()).isPresent()) {
      throw new Refusal(Errno.EEXIST, "");
    }
    insert(begun(sa, now));
  }

  private void insert(XfrmSa sa) {
    sas.add(0, sa);
  }

  /** Counters begin anew, and the kernel knows no source of the selector's family. */
  private static XfrmSa begun(XfrmSa sa, long now) {
    return with(sa, new XfrmUsage(0, 0, now, 0), sa.lifetime(), XfrmErrors.NONE);
  }

  /** Changes what an update may change; the larval state of an allocated SPI becomes the SA. */
  XfrmSa update(XfrmSa sa, long now) throws Refusal {
    SaRules.check(sa);
    XfrmSa old = find(sa.id()).orElseThrow(() -> new Refusal(Errno.ESRCH, ""));
    XfrmSa changed;
    if (isAllocated(old)) {
      changed = begun(sa, now);
    } else {
      changed = with(old, old.usage(), sa.lifetime(), old.errors());
      for (XfrmAttributeType type : UPDATED) {
        Optional<XfrmAttribute> taken = sa.attributes().find(type);
        if (taken.isPresent()) {
          changed = new XfrmSa(changed.info(), changed.attributes().with(taken.get()));
        }
      }
      sa.wipe();
    }
    sas.set(sas.indexOf(old), changed);
    return changed;
  }

  /** A state that has an SPI but no algorithm. */
  private static boolean isAllocated(XfrmSa sa) {
    return !sa.attributes().has(XfrmAttributeType.ALG_AEAD)
        && !sa.attributes().has(XfrmAttributeType.ALG_CRYPT)
        && !sa.attributes().has(XfrmAttributeType.ALG_AUTH)
        && !sa.attributes().has(XfrmAttributeType.ALG_AUTH_TRUNC)
        && !sa.attributes().has(XfrmAttributeType.ALG_COMP);
  }

  XfrmSa get(XfrmSaId id) throws Refusal {
    return find(id).orElseThrow(() -> new Refusal(Errno.ESRCH, ""));
  }

  XfrmSa delete(XfrmSaId id) throws Refusal {
    XfrmSa sa = get(id);
    sas.remove(sa);
    return sa;
  }

  /** How many there were. */
  int flush(int protocol) {
    List<XfrmSa> gone = sas.stream().filter(sa -> matches(sa, protocol)).toList();
    sas.removeAll(gone);
    gone.forEach(XfrmSa::wipe);
    return gone.size();
  }

  private static boolean matches(XfrmSa sa, int protocol) {
    int own = sa.info().protocol();
    return protocol == 0
        || protocol == own
        || (protocol == XfrmProtocol.ANY
            && (own == XfrmProtocol.ESP || own == XfrmProtocol.AH || own == XfrmProtocol.COMP));
  }

  List<XfrmSa> list(XfrmDumpSas filter) {
    int protocol = filter.filter().number(XfrmAttributeType.PROTO).orElse(0);
    Optional<XfrmAddressFilter> addresses = filter.filter().find(XfrmAddressFilter.class);
    return sas.stream()
        .filter(sa -> matches(sa, protocol))
        .filter(sa -> addresses.map(f -> matches(sa, f)).orElse(true))
        .toList();
  }

  private static boolean matches(XfrmSa sa, XfrmAddressFilter filter) {
    return FakePacket.prefix(sa.source(), filter.source(), filter.sourcePrefix())
        && FakePacket.prefix(
            sa.info().destination(), filter.destination(), filter.destinationPrefix());
  }

  XfrmSa allocate(XfrmAllocateSpi request, long now) throws Refusal {
    XfrmSaInfo wanted = request.sa().info();
    long least = Integer.toUnsignedLong(request.least());
    long greatest = Integer.toUnsignedLong(request.greatest());
    if (least > greatest) {
      throw Refusal.invalid("Invalid SPI range");
    }
    XfrmMark mark = mark(request.sa());
    for (long tries = 0; tries <= Math.min(greatest - least, 1000); tries++) {
      int spi = (int) (least + (long) (random.nextDouble() * (greatest - least + 1)));
      XfrmSaId id = new XfrmSaId(wanted.destination(), spi, wanted.protocol(), mark);
      if (spi != 0 && find(id).isEmpty()) {
        XfrmSa larval =
            XfrmSa.builder(wanted.source(), wanted.destination(), spi)
                .protocol(wanted.protocol())
                .mode(wanted.mode())
                .reqid(wanted.reqid())
                .sequence(wanted.sequence())
                .build();
        larval = with(larval, new XfrmUsage(0, 0, now, 0), LARVAL, XfrmErrors.NONE);
        insert(mark.equals(XfrmMark.NONE) ? larval : larval.toBuilder().mark(mark).build());
        return sas.get(0);
      }
    }
    throw new Refusal(Errno.ENOENT, "Could not allocate an SPI");
  }

  /** Puts another in its place. */
  void replace(XfrmSa old, XfrmSa changed) {
    sas.set(sas.indexOf(old), changed);
  }

  void remove(XfrmSa sa) {
    sas.remove(sa);
  }

  /**
   * As __xfrm_state_lookup: an SA is found by a mark that, under the SA's mask, is the SA's value;
   * one without a mark is found by any.
   */
  private Optional<XfrmSa> find(XfrmSaId id) {
    int value = id.mark().value() & id.mark().mask();
    for (XfrmSa sa : sas) {
      XfrmMark mark = mark(sa);
      if (sa.info().spi() == id.spi()
          && sa.info().protocol() == id.protocol()
          && sa.info().destination().equals(id.destination())
          && (value & mark.mask()) == mark.value()) {
        return Optional.of(sa);
      }
    }
    return Optional.empty();
  }

  private static XfrmMark mark(XfrmSa sa) {
    return sa.attributes().find(XfrmMark.class).orElse(XfrmMark.NONE);
  }

  static XfrmSa with(XfrmSa sa, XfrmUsage usage, XfrmLifetime lifetime, XfrmErrors errors) {
    XfrmSaInfo info = sa.info();
    return new XfrmSa(
        new XfrmSaInfo(
            info.selector(),
            info.source(),
            info.destination(),
            info.spi(),
            info.protocol(),
            lifetime,
            usage,
            errors,
            info.sequence(),
            info.reqid(),
            info.mode(),
            info.replayWindow(),
            info.flags()),
        sa.attributes().without(XfrmAttributeType.SRCADDR));
  }
}
