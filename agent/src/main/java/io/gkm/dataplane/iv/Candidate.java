package io.gkm.dataplane.iv;

import io.gkm.netlink.xfrm.XfrmAe;
import io.gkm.netlink.xfrm.XfrmAttribute;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmLifetime;
import io.gkm.netlink.xfrm.XfrmReplay;
import io.gkm.netlink.xfrm.XfrmReplayEsn;
import io.gkm.netlink.xfrm.XfrmReplayState;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmUsage;
import java.time.Duration;
import java.util.Collections;

/**
 * The SA that is wanted, as it is while it is tried, and how it becomes the one that is wanted.
 *
 * <p>While it is tried it stands two packets before the end of its sequence numbers, so that
 * whatever happens no more than two packets can ever be sent with it, and it ends by itself within
 * seconds should this process be gone.
 *
 * @param wanted belongs to the caller, keys included
 */
record Candidate(XfrmSa wanted) {
  /** Much longer than a try, and than what follows when one succeeds. */
  static final long SECONDS = 20;

  private static final int WORD = 32;

  /** As it is added. */
  XfrmSa tried() {
    XfrmReplay replay = new XfrmReplay(wanted.replay().window(), KernelIvs.PROBE_SEQUENCE - 1, 0);
    return wanted.toBuilder().lifetime(XfrmLifetime.ofSeconds(0, SECONDS)).replay(replay).build();
  }

  /** Sets its sequence numbers and counters back; the first packet then has number 1. */
  XfrmAe reset(long addTime) {
    int window = wanted.replay().window();
    int words = (window + WORD - 1) / WORD;
    boolean large = tried().attributes().find(XfrmReplayEsn.class).isPresent();
    XfrmAttribute numbers =
        large
            ? new XfrmReplayEsn(words, 0, 0, window, Collections.nCopies(words, 0))
            : new XfrmReplayState(0, 0, 0);
    return new XfrmAe(
        wanted.id(),
        wanted.source(),
        XfrmAe.REPLAY_VALUE | XfrmAe.LIFETIME_VALUE,
        wanted.reqid(),
        XfrmAttributes.of(numbers, new XfrmUsage(0, 0, addTime, 0)));
  }

  /** As it is to live from now on, when the search for it took so long. */
  XfrmSa ready(Duration searched) {
    XfrmLifetime limits = wanted.lifetime();
    long hard = Math.min(orMost(limits.hardPackets()), KernelIvs.HARD_PACKETS);
    long soft = Math.min(orMost(limits.softPackets()), hard - hard / 16);
    long seconds = searched.plusNanos(999_999_999).toSeconds();
    return wanted.toBuilder()
        .lifetime(
            new XfrmLifetime(
                limits.softBytes(),
                limits.hardBytes(),
                soft,
                hard,
                earlier(limits.softAddSeconds(), seconds),
                earlier(limits.hardAddSeconds(), seconds),
                limits.softUseSeconds(),
                limits.hardUseSeconds()))
        .build();
  }

  private static long orMost(long packets) {
    return packets == XfrmLifetime.INFINITE ? Long.MAX_VALUE : packets;
  }

  /** Its seconds are counted from its addition, at the end of the search; 0 is none. */
  private static long earlier(long limit, long seconds) {
    return limit == 0 ? 0 : Math.max(1, limit - seconds);
  }
}
