package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmAllocateSpi;
import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmErrors;
import io.gkm.netlink.xfrm.XfrmLifetime;
import io.gkm.netlink.xfrm.XfrmMark;
import io.gkm.netlink.xfrm.XfrmNewSa;
import io.gkm.netlink.xfrm.XfrmProtocol;
import io.gkm.netlink.xfrm.XfrmReplayState;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaInfo;
import io.gkm.netlink.xfrm.XfrmSelector;
import io.gkm.netlink.xfrm.XfrmUsage;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.LongSupplier;

/** XFRM_MSG_ALLOCSPI: larval states with an SPI. */
final class SpiAllocation {
  /** Default of sysctl net.core.xfrm_acq_expires. */
  private static final int LARVAL_SECONDS = 30;

  private static final int COMP_SPIS = 0x10000;

  private final Sad sad;
  private final LongSupplier clock;

  SpiAllocation(Sad sad, LongSupplier clock) {
    this.sad = sad;
    this.clock = clock;
  }

  /** Chooses the least that is free, where the kernel draws. */
  XfrmNewSa allocate(XfrmAllocateSpi request) throws Refusal {
    checkRange(request);
    SaState state = larval(request.sa());
    if (state.info().spi() == 0) {
      state.spi(free(request));
    }
    return new XfrmNewSa(state.sa());
  }

  private static void checkRange(XfrmAllocateSpi request) throws Refusal {
    int protocol = request.sa().info().protocol();
    boolean fits =
        protocol == XfrmProtocol.COMP
            ? Integer.compareUnsigned(request.greatest(), COMP_SPIS) < 0
            : SaRules.hasSpi(protocol);
    if (!fits || Integer.compareUnsigned(request.least(), request.greatest()) > 0) {
      throw new Refusal(Errno.EINVAL);
    }
  }

  private int free(XfrmAllocateSpi request) throws Refusal {
    long greatest = Integer.toUnsignedLong(request.greatest());
    for (long spi = Integer.toUnsignedLong(request.least()); spi <= greatest; spi++) {
      if (spi != 0 && !sad.hasSpi((int) spi, request.sa().info().protocol())) {
        return (int) spi;
      }
    }
    throw new Refusal(Errno.ENOENT);
  }

  private SaState larval(XfrmSa request) {
    if (request.info().sequence() != 0) {
      Optional<SaState> asked =
          sad.findAcquiring(request.info().sequence(), request.id().mark())
              .filter(s -> s.info().destination().equals(request.info().destination()));
      if (asked.isPresent()) {
        return asked.get();
      }
    }
    Optional<SaState> waiting = sad.findAcquiring(request);
    if (waiting.isPresent()) {
      return waiting.get();
    }
    SaState made =
        new SaState(
            new XfrmSa(info(request.info()), attributes(request.attributes())),
            SaState.Life.ACQUIRING,
            clock.getAsLong(),
            XfrmAttributes.NONE);
    sad.insert(made);
    return made;
  }

  private XfrmSaInfo info(XfrmSaInfo request) {
    return new XfrmSaInfo(
        selector(request.source(), request.destination()),
        request.source(),
        request.destination(),
        0,
        request.protocol(),
        XfrmLifetime.ofSeconds(0, LARVAL_SECONDS),
        new XfrmUsage(0, 0, clock.getAsLong(), 0),
        XfrmErrors.NONE,
        0,
        request.reqid(),
        request.mode(),
        0,
        0);
  }

  /** Both addresses; of no family, as the kernel leaves it. */
  private static XfrmSelector selector(InetAddress source, InetAddress destination) {
    int bits = Prefixes.bits(destination);
    return new XfrmSelector(0, source, bits, destination, bits, 0, 0, 0, 0, 0, 0, 0);
  }

  private static XfrmAttributes attributes(XfrmAttributes request) {
    XfrmAttributes made = XfrmAttributes.of(new XfrmReplayState(0, 0, 0));
    XfrmMark mark = Marks.of(request);
    if (!mark.equals(XfrmMark.NONE)) {
      made = made.with(mark);
    }
    int interfaceId = request.number(XfrmAttributeType.IF_ID).orElse(0);
    return interfaceId == 0
        ? made
        : made.with(SaMaker.number(XfrmAttributeType.IF_ID, interfaceId));
  }
}
