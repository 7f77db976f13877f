package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmMark;
import io.gkm.netlink.xfrm.XfrmProtocol;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaId;
import io.gkm.netlink.xfrm.XfrmSaInfo;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The SAs, the newest first: that is the order in which the kernel looks and dumps. */
final class Sad {
  private final Deque<SaState> states = new ArrayDeque<>();

  void insert(SaState state) {
    states.addFirst(state);
  }

  /** Takes it out and overwrites its keys. */
  void remove(SaState state) {
    if (states.remove(state)) {
      state.wipe();
    }
  }

  int size() {
    return states.size();
  }

  boolean contains(SaState state) {
    return states.contains(state);
  }

  /** The newest first; a copy. */
  List<SaState> all() {
    return List.copyOf(states);
  }

  Optional<SaState> find(Predicate<SaState> wanted) {
    return states.stream().filter(wanted).findFirst();
  }

  /** By SPI; a state without one is not found. */
  Optional<SaState> find(XfrmSaId id) {
    return find(
        s ->
            s.info().spi() == id.spi()
                && id.spi() != 0
                && s.info().protocol() == id.protocol()
                && Marks.matches(id.mark(), s.mark())
                && s.info().destination().equals(id.destination()));
  }

  private Optional<SaState> find(
      InetAddress source, InetAddress destination, int protocol, XfrmMark mark) {
    return find(
        s ->
            s.info().protocol() == protocol
                && Marks.matches(mark, s.mark())
                && s.info().destination().equals(destination)
                && s.info().source().equals(source));
  }

  /** The one that this would be, or is. */
  Optional<SaState> locate(XfrmSa sa) {
    return SaRules.hasSpi(sa.info().protocol())
        ? find(sa.id())
        : find(sa.source(), sa.info().destination(), sa.info().protocol(), sa.id().mark());
  }

  /**
   * The one that a request names.
   *
   * @param source where the protocol has no SPI
   */
  SaState require(XfrmSaId id, Optional<InetAddress> source) throws Refusal {
    Optional<SaState> found;
    if (SaRules.hasSpi(id.protocol())) {
      found = find(id);
    } else if (source.isPresent()) {
      found = find(source.get(), id.destination(), id.protocol(), id.mark());
    } else {
      throw new Refusal(Errno.EINVAL);
    }
    return found.orElseThrow(() -> new Refusal(Errno.ESRCH));
  }

  /** A larval state without SPI that waits for such an SA. */
  Optional<SaState> findAcquiring(XfrmSa sa) {
    XfrmSaInfo info = sa.info();
    return find(
        s ->
            s.life() == SaState.Life.ACQUIRING
                && s.info().spi() == 0
                && s.info().reqid() == info.reqid()
                && s.info().mode() == info.mode()
                && s.info().protocol() == info.protocol()
                && Marks.matches(sa.id().mark(), s.mark())
                && s.info().destination().equals(info.destination())
                && s.info().source().equals(info.source()));
  }

  /** A larval state whose acquire has this number. */
  Optional<SaState> findAcquiring(int sequence, XfrmMark mark) {
    return find(
        s ->
            s.life() == SaState.Life.ACQUIRING
                && s.info().sequence() == sequence
                && Marks.matches(mark, s.mark()));
  }

  /** Whether an SPI is taken, whatever the destination. */
  boolean hasSpi(int spi, int protocol) {
    return find(s -> s.info().spi() == spi && s.info().protocol() == protocol).isPresent();
  }

  /** Whether a protocol is meant; 0 means all, ANY those of IPsec. */
  static boolean matches(SaState state, int protocol) {
    int own = state.info().protocol();
    return protocol == 0
        || own == protocol
        || (protocol == XfrmProtocol.ANY && SaRules.hasSpi(own));
  }

  /** What of an SA names it beside the struct, in events without keys. */
  static XfrmSa nameOnly(XfrmSa sa) {
    return new XfrmSa(
        sa.info(),
        XfrmAttributes.of(
            sa.attributes().all().stream()
                .filter(
                    a ->
                        a.attributeNumber() == XfrmAttributeType.MARK.number()
                            || a.attributeNumber() == XfrmAttributeType.IF_ID.number())
                .toList()));
  }
}
