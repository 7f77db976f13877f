package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmErrors;
import io.gkm.netlink.xfrm.XfrmExpire;
import io.gkm.netlink.xfrm.XfrmLifetime;
import io.gkm.netlink.xfrm.XfrmMessage;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaId;
import io.gkm.netlink.xfrm.XfrmUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The IPsec databases of a kernel in memory, for tests without root:
 *
 * <pre>{@code
 * FakeXfrmKernel kernel = new FakeXfrmKernel();
 * XfrmClient client = XfrmClient.over(kernel.connect());
 * XfrmEvents events = XfrmEvents.over(kernel.listen(), listener);
 * }</pre>
 *
 * <p>It decodes and encodes netlink, has the kernel's rules for what may be there twice, what a
 * lookup finds and what is refused with which error, and tells events. It moves no packets: {@link
 * #lookup} says what policy one would meet, {@link #used} counts some, and time stands still but
 * for {@link #advance}. Any thread may use it.
 */
public final class FakeXfrmKernel {
  private static final long START = 1_700_000_000;

  private final FakeServer server = new FakeServer(this);
  private final SaDatabase sas = new SaDatabase();
  private final PolicyDatabase policies = new PolicyDatabase();
  private final List<FakeListener> listeners = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private long now = START;
  private int nextPort = 1;

  /** What is to be refused. */
  record Refused(Predicate<XfrmMessage> which, int errno, String text) {}

  /** A way for a client. */
  public synchronized NetlinkTransport connect() {
    return new FakeConnection(server, nextPort++);
  }

  /** A way for events, of all groups. */
  public synchronized NetlinkTransport listen() {
    FakeListener listener = new FakeListener();
    listeners.add(listener);
    return listener;
  }

  /** From now on refuses requests; the kernel's words may be empty. */
  public synchronized void refuse(Predicate<XfrmMessage> which, int errno, String text) {
    refused.add(new Refused(which, errno, text));
  }

  /** Refuses no more than a kernel would. */
  public synchronized void refuseNothing() {
    refused.clear();
  }

  /** Listeners hear of lost events, as where their buffer was full. */
  public synchronized void overrun() {
    listeners.forEach(FakeListener::overrun);
  }

  /** Lets time pass: soft limits of time are told, hard ones remove. */
  public synchronized void advance(Duration time) {
    long before = now;
    now += time.toSeconds();
    for (XfrmSa sa : sas.all()) {
      expireByTime(sa, before);
    }
  }

  private void expireByTime(XfrmSa sa, long before) {
    XfrmLifetime limits = sa.lifetime();
    long added = sa.usage().addTime();
    if (reached(limits.hardAddSeconds(), added)) {
      expire(sa, true);
    } else if (reached(limits.softAddSeconds(), added)
        && added + limits.softAddSeconds() > before) {
      expire(sa, false);
    }
  }

  private boolean reached(long limit, long since) {
    return limit != 0 && since + limit <= now;
  }

  void expire(XfrmSa sa, boolean hard) {
    if (hard) {
      sas.remove(sa);
    }
    tell(new XfrmExpire(sa, hard));
    if (hard) {
      sa.wipe();
    }
  }

  /** Counts packets of an SA that is there; limits of packets and octets are looked at. */
  public synchronized void used(XfrmSaId id, long packets, long bytes) {
    XfrmSa sa;
    try {
      sa = sas.get(id);
    } catch (Refusal e) {
      throw new IllegalArgumentException("there is no " + id, e);
    }
    XfrmUsage old = sa.usage();
    XfrmUsage usage =
        new XfrmUsage(
            old.bytes() + bytes,
            old.packets() + packets,
            old.addTime(),
            old.useTime() == 0 ? now : old.useTime());
    XfrmSa counted = SaDatabase.with(sa, usage, sa.lifetime(), sa.errors());
    sas.replace(sa, counted);
    XfrmLifetime limits = sa.lifetime();
    if (over(usage.packets(), limits.hardPackets()) || over(usage.bytes(), limits.hardBytes())) {
      expire(counted, true);
    } else if (passed(old.packets(), usage.packets(), limits.softPackets())
        || passed(old.bytes(), usage.bytes(), limits.softBytes())) {
      expire(counted, false);
    }
  }

  private static boolean passed(long before, long after, long limit) {
    return over(after, limit) && !over(before, limit);
  }

  private static boolean over(long value, long limit) {
    return Long.compareUnsigned(value, limit) >= 0;
  }

  /** Sets what an SA that is there has refused. */
  public synchronized void refusedPackets(XfrmSaId id, XfrmErrors errors) {
    try {
      XfrmSa sa = sas.get(id);
      sas.replace(sa, SaDatabase.with(sa, sa.usage(), sa.lifetime(), errors));
    } catch (Refusal e) {
      throw new IllegalArgumentException("there is no " + id, e);
    }
  }

  /** The policy that a packet without a mark meets. */
  public synchronized Optional<XfrmPolicy> lookup(XfrmDirection direction, FakePacket packet) {
    return policies.lookup(direction, packet);
  }

  /** Refuses what a test wants to be refused. */
  void checkRefused(XfrmMessage request) throws Refusal {
    for (Refused refusal : refused) {
      if (refusal.which().test(request)) {
        throw new Refusal(refusal.errno(), refusal.text());
      }
    }
  }

  void tell(XfrmMessage event) {
    listeners.removeIf(FakeListener::isClosed);
    listeners.forEach(l -> l.tell(event));
  }

  SaDatabase sas() {
    return sas;
  }

  PolicyDatabase policies() {
    return policies;
  }

  /** Seconds since 1970. */
  long now() {
    return now;
  }
}
