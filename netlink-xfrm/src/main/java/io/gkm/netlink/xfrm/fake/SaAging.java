package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmExpire;
import io.gkm.netlink.xfrm.XfrmGroup;
import io.gkm.netlink.xfrm.XfrmLifetime;
import io.gkm.netlink.xfrm.XfrmNumber;
import io.gkm.netlink.xfrm.XfrmReplayEsn;
import io.gkm.netlink.xfrm.XfrmReplayState;
import io.gkm.netlink.xfrm.XfrmUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What SAs do in traffic, and how they come to their limits. */
final class SaAging {
  /** No time limit. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int WORD = 32;

  private final Sad sad;
  private final Multicast multicast;

  SaAging(Sad sad, Multicast multicast) {
    this.sad = sad;
    this.multicast = multicast;
  }

  /** One packet; whether it passed. Limits are looked at before it is counted. */
  boolean packet(SaState state, int octets, boolean sent, long now) {
    if (state.life() != SaState.Life.VALID || !checkLimits(state, now)) {
      return false;
    }
    XfrmUsage usage = state.usage();
    state.usage(
        new XfrmUsage(
            usage.bytes() + octets, usage.packets() + 1, usage.addTime(), usage.useTime()));
    state.attribute(new XfrmNumber(XfrmAttributeType.LASTUSED, now));
    if (sent) {
      countSent(state);
    } else {
      countReceived(state);
    }
    return true;
  }

  /**
   * Looks at the limits of octets and packets.
   *
   * @return whether it may be used
   */
  boolean checkLimits(SaState state, long now) {
    XfrmUsage usage = state.usage();
    if (usage.useTime() == 0) {
      state.usage(new XfrmUsage(usage.bytes(), usage.packets(), usage.addTime(), now));
    }
    XfrmLifetime limits = state.lifetime();
    if (reached(usage.bytes(), limits.hardBytes())
        || reached(usage.packets(), limits.hardPackets())) {
      state.expire(now);
      return false;
    }
    if (!state.isDying()
        && (reached(usage.bytes(), limits.softBytes())
            || reached(usage.packets(), limits.softPackets()))) {
      state.die();
      tell(state, false, Origin.KERNEL);
    }
    return true;
  }

  private static boolean reached(long value, long limit) {
    return Long.compareUnsigned(value, limit) >= 0;
  }

  private static void countSent(SaState state) {
    Optional<XfrmReplayEsn> extended = state.sa().attributes().find(XfrmReplayEsn.class);
    if (extended.isPresent()) {
      XfrmReplayEsn old = extended.get();
      state.attribute(
          new XfrmReplayEsn(
              old.words(), old.outSequence() + 1, old.inSequence(), old.window(), old.bitmap()));
    } else {
      XfrmReplayState old = small(state);
      state.attribute(new XfrmReplayState(old.outSequence() + 1, old.inSequence(), old.bitmap()));
    }
  }

  /** Received numbers are kept only where there is a window to look for them in. */
  private static void countReceived(SaState state) {
    Optional<XfrmReplayEsn> extended = state.sa().attributes().find(XfrmReplayEsn.class);
    if (extended.isPresent()) {
      XfrmReplayEsn old = extended.get();
      if (old.window() > 0) {
        int bit = (int) (old.inSequence() % old.window());
        List<Integer> bitmap = new ArrayList<>(old.bitmap());
        bitmap.set(bit / WORD, bitmap.get(bit / WORD) | 1 << bit % WORD);
        state.attribute(
            new XfrmReplayEsn(
                old.words(), old.outSequence(), old.inSequence() + 1, old.window(), bitmap));
      }
    } else if (state.info().replayWindow() > 0) {
      XfrmReplayState old = small(state);
      state.attribute(
          new XfrmReplayState(old.outSequence(), old.inSequence() + 1, old.bitmap() << 1 | 1));
    }
  }

  private static XfrmReplayState small(SaState state) {
    return state.sa().attributes().find(XfrmReplayState.class).orElse(new XfrmReplayState(0, 0, 0));
  }

  /** The next second in which a time limit is reached. */
  long nextDue() {
    return sad.all().stream().mapToLong(s -> Math.min(hardDue(s), softDue(s))).min().orElse(NEVER);
  }

  /** Lets expire what is due. */
  void expireDue(long now) {
    for (SaState state : sad.all()) {
      if (hardDue(state) <= now) {
        tell(state, true, Origin.KERNEL);
        sad.remove(state);
      } else if (softDue(state) <= now) {
        state.die();
        tell(state, false, Origin.KERNEL);
      }
    }
  }

  private static long hardDue(SaState state) {
    if (state.life() == SaState.Life.EXPIRED) {
      return state.timer();
    }
    XfrmLifetime limits = state.lifetime();
    return due(state, limits.hardAddSeconds(), limits.hardUseSeconds());
  }

  private static long softDue(SaState state) {
    XfrmLifetime limits = state.lifetime();
    return state.isDying() ? NEVER : due(state, limits.softAddSeconds(), limits.softUseSeconds());
  }

  private static long due(SaState state, long addSeconds, long useSeconds) {
    long due =
        Math.min(
            after(state.usage().addTime(), addSeconds), after(state.usage().useTime(), useSeconds));
    return due == NEVER ? NEVER : Math.max(due, state.timer());
  }

  /**
   * @param start 0 where it has not begun
   * @param seconds 0 for no limit
   */
  static long after(long start, long seconds) {
    boolean limited = start != 0 && seconds > 0 && seconds < NEVER - start;
    return limited ? start + seconds : NEVER;
  }

  void tell(SaState state, boolean hard, Origin origin) {
    multicast.tell(XfrmGroup.EXPIRE, new XfrmExpire(Sad.nameOnly(state.sa()), hard), origin);
  }
}
