package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmAttribute;
import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmEncap;
import io.gkm.netlink.xfrm.XfrmErrors;
import io.gkm.netlink.xfrm.XfrmLifetime;
import io.gkm.netlink.xfrm.XfrmMark;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaInfo;
import io.gkm.netlink.xfrm.XfrmUsage;
import java.util.Optional;

/** One SA of the database, or a larval state that waits for one. */
final class SaState {
  /** XFRM_STATE_*. */
  enum Life {
    /** Larval: has no keys yet. */
    ACQUIRING,
    VALID,
    /** Its hard limit is reached; gone as soon as the timer has looked. */
    EXPIRED
  }

  /** Default of sysctl net.core.xfrm_aevent_rseqth, in packets. */
  private static final int REPLAY_THRESHOLD = 2;

  /** Default of sysctl net.core.xfrm_aevent_etime, in 100 ms. */
  private static final int TIMER_THRESHOLD = 10;

  private XfrmSa sa;
  private Life life;
  private boolean dying;
  private long timer;
  private int replayThreshold;
  private int timerThreshold;

  /**
   * @param now seconds since 1970
   * @param thresholds of replay events, where the attributes say any
   */
  SaState(XfrmSa sa, Life life, long now, XfrmAttributes thresholds) {
    this.sa = sa;
    this.life = life;
    this.timer = now + 1;
    this.replayThreshold =
        thresholds.number(XfrmAttributeType.REPLAY_THRESH).orElse(REPLAY_THRESHOLD);
    this.timerThreshold =
        thresholds.number(XfrmAttributeType.ETIMER_THRESH).orElse(TIMER_THRESHOLD);
  }

  XfrmSa sa() {
    return sa;
  }

  XfrmSaInfo info() {
    return sa.info();
  }

  Life life() {
    return life;
  }

  XfrmUsage usage() {
    return sa.usage();
  }

  XfrmLifetime lifetime() {
    return sa.lifetime();
  }

  XfrmMark mark() {
    return Marks.of(sa.attributes());
  }

  boolean isDying() {
    return dying;
  }

  void die() {
    dying = true;
  }

  /** Time limits are not looked at before this second. */
  long timer() {
    return timer;
  }

  int replayThreshold() {
    return replayThreshold;
  }

  int timerThreshold() {
    return timerThreshold;
  }

  void thresholds(XfrmAttributes changed) {
    replayThreshold = changed.number(XfrmAttributeType.REPLAY_THRESH).orElse(replayThreshold);
    timerThreshold = changed.number(XfrmAttributeType.ETIMER_THRESH).orElse(timerThreshold);
  }

  void expire(long now) {
    life = Life.EXPIRED;
    timer = now;
  }

  void attribute(XfrmAttribute attribute) {
    sa = new XfrmSa(sa.info(), sa.attributes().with(attribute));
  }

  void usage(XfrmUsage usage) {
    info(sa.info().spi(), sa.lifetime(), usage, sa.errors());
  }

  void errors(XfrmErrors errors) {
    info(sa.info().spi(), sa.lifetime(), sa.usage(), errors);
  }

  void spi(int spi) {
    info(spi, sa.lifetime(), sa.usage(), sa.errors());
  }

  /**
   * Takes over what an update may change: limits, encapsulation, care-of address, output mark,
   * interface; not keys, replay, mode, reqid, flags or selector.
   */
  void update(XfrmSa changed, long now) throws Refusal {
    Optional<XfrmEncap> before = sa.attributes().find(XfrmEncap.class);
    Optional<XfrmEncap> after = changed.attributes().find(XfrmEncap.class);
    if (!before.map(XfrmEncap::type).equals(after.map(XfrmEncap::type)) || life != Life.VALID) {
      throw new Refusal(Errno.EINVAL);
    }
    after.ifPresent(this::attribute);
    if (sa.attributes().has(XfrmAttributeType.COADDR)) {
      changed.attributes().find(XfrmAttributeType.COADDR).ifPresent(this::attribute);
    }
    if (changed.attributes().has(XfrmAttributeType.SET_MARK)) {
      changed.attributes().find(XfrmAttributeType.SET_MARK).ifPresent(this::attribute);
      changed.attributes().find(XfrmAttributeType.SET_MARK_MASK).ifPresent(this::attribute);
    }
    changed.attributes().find(XfrmAttributeType.IF_ID).ifPresent(this::attribute);
    info(sa.info().spi(), changed.lifetime(), sa.usage(), sa.errors());
    dying = false;
    timer = now + 1;
  }

  private void info(int spi, XfrmLifetime lifetime, XfrmUsage usage, XfrmErrors errors) {
    XfrmSaInfo old = sa.info();
    XfrmSaInfo info =
        new XfrmSaInfo(
            old.selector(),
            old.source(),
            old.destination(),
            spi,
            old.protocol(),
            lifetime,
            usage,
            errors,
            old.sequence(),
            old.reqid(),
            old.mode(),
            old.replayWindow(),
            old.flags());
    sa = new XfrmSa(info, sa.attributes());
  }

  void wipe() {
    sa.wipe();
  }
}
