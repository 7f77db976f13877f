package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.KernelError;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmErrors;
import io.gkm.netlink.xfrm.XfrmGroup;
import io.gkm.netlink.xfrm.XfrmMessage;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmSaId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The IPsec databases of one network namespace, without a kernel: a test double for programs that
 * use {@link io.gkm.netlink.xfrm.XfrmClient} ({@code XfrmClient.over(fake.connect())}) and {@link
 * io.gkm.netlink.xfrm.XfrmEvents} ({@code XfrmEvents.over(fake.listen(), listener)}). It speaks
 * netlink as octets, so what a client sends is encoded, read, and refused as by a kernel.
 *
 * <p>It does as Linux 6.1 with the usual algorithms: uniqueness, error numbers, what an update
 * changes, order of dumps and lookups, limits, events. What differs:
 *
 * <ul>
 *   <li>Time stands still until {@link #advance}; traffic is what {@link #sent} and {@link
 *       #received} say. Nothing is encrypted.
 *   <li>The words of errors are its own.
 *   <li>An SPI is the least that is free, where the kernel draws.
 *   <li>No migration, no hardware offload, no ACQUIRE or AEVENTS by traffic (but {@link #tell}).
 *   <li>Anyone may do everything: no capability is asked for.
 * </ul>
 *
 * <p>Any thread may call. Keys are overwritten when their SA is removed.
 */
public final class FakeXfrmKernel {
  /** How many events a listener holds where nothing else is said. */
  private static final int EVENTS = 1024;

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Sad sad = new Sad();
  private final Spd spd = new Spd();
  private final Multicast multicast = new Multicast();
  private final Refusals refusals = new Refusals();
  private final SaAging aging = new SaAging(sad, multicast);
  private final PolicyRequests policies;
  private final Requests requests;
  private long now;
  private int nextPort = 1;

  /** Empty, in the year 2026. */
  public FakeXfrmKernel() {
    this(START);
  }

  /**
   * Empty.
   *
   * @param start what its clock shows, in whole seconds
   */
  public FakeXfrmKernel(Instant start) {
    now = start.getEpochSecond();
    SpdSettings settings = new SpdSettings(multicast);
    SaRequests sas = new SaRequests(sad, aging, multicast, () -> now);
    policies = new PolicyRequests(spd, settings, multicast, () -> now);
    requests = new Requests(sad, spd, sas, policies, settings, multicast, refusals, () -> now);
  }

  /** A way to ask; each with a port id of its own. */
  public synchronized NetlinkTransport connect() {
    return new ClientPort(this::handle, nextPort++);
  }

  private synchronized void handle(ByteBuffer datagram, ClientPort port) {
    requests.handle(StructReader.of(datagram), port);
  }

  /** A way to hear all events; its receive waits for one, and fails when it is closed. */
  public NetlinkTransport listen() {
    return listen(EnumSet.allOf(XfrmGroup.class), EVENTS);
  }

  /**
   * A way to hear the events of some groups.
   *
   * @param capacity how many it holds; when more come it loses them and says so once (ENOBUFS)
   */
  public synchronized NetlinkTransport listen(Set<XfrmGroup> groups, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a listener that holds " + capacity + " events");
    }
    EventPort listener = new EventPort(nextPort++, groups, capacity);
    multicast.add(listener);
    return listener;
  }

  /** All listeners hear that they lost events. */
  public synchronized void overrun() {
    multicast.overrun();
  }

  /** An event of this test's, such as an ACQUIRE, to all who listen to its group. */
  public synchronized void tell(XfrmGroup group, XfrmMessage event) {
    multicast.tell(group, event, Origin.KERNEL);
  }

  /** Refuses all requests that match, until {@link #accept}; they are shown without keys. */
  public synchronized void refuse(Predicate<XfrmMessage> which, KernelError why) {
    refusals.add(which, why, false);
  }

  /**
   * Refuses all requests that match, until {@link #accept}.
   *
   * @param errno see {@link io.gkm.netlink.Errno}
   */
  public void refuse(Predicate<XfrmMessage> which, int errno, String text) {
    refuse(which, Refusal.error(errno, text));
  }

  /** Refuses the next request that matches. */
  public synchronized void refuseOnce(Predicate<XfrmMessage> which, KernelError why) {
    refusals.add(which, why, true);
  }

  /** Refuses nothing any more but what a kernel refuses. */
  public synchronized void accept() {
    refusals.clear();
  }

  /** The clock, which stands still between calls of {@link #advance}. */
  public synchronized Instant now() {
    return Instant.ofEpochSecond(now);
  }

  /**
   * Lets time pass: what reaches a limit of time meanwhile expires, in order.
   *
   * @param time whole seconds, not negative
   */
  public synchronized void advance(Duration time) {
    if (time.isNegative() || !time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("time moves on by whole seconds, not by " + time);
    }
    long end = now + time.toSeconds();
    long due = nextDue();
    while (due <= end) {
      now = Math.max(now, due);
      expireDue();
      due = nextDue();
    }
    now = end;
  }

  private long nextDue() {
    return Math.min(aging.nextDue(), policies.nextDue());
  }

  private void expireDue() {
    aging.expireDue(now);
    policies.expireDue(now);
  }

  /**
   * A packet that an SA protects on its way out; its limits may be reached by that.
   *
   * @param octets are counted
   * @return whether it passed: the SA is there and its hard limits were not reached before
   */
  public boolean sent(XfrmSaId id, int octets) {
    return packet(id, octets, true);
  }

  /** A packet that an SA lets in; as {@link #sent}. */
  public boolean received(XfrmSaId id, int octets) {
    return packet(id, octets, false);
  }

  private synchronized boolean packet(XfrmSaId id, int octets, boolean sent) {
    if (octets < 0) {
      throw new IllegalArgumentException("a packet of " + octets + " octets");
    }
    Optional<SaState> state = sad.find(id);
    boolean passed = state.isPresent() && aging.packet(state.get(), octets, sent, now);
    aging.expireDue(now);
    return passed;
  }

  /**
   * Sets what an SA has refused.
   *
   * @throws IllegalArgumentException where it is not there
   */
  public synchronized void refusedPackets(XfrmSaId id, XfrmErrors errors) {
    SaState state =
        sad.find(id).orElseThrow(() -> new IllegalArgumentException("there is no " + id));
    state.errors(errors);
  }

  /** The policy that decides about a packet: the lowest priority, of several the oldest. */
  public synchronized Optional<XfrmPolicy> lookup(XfrmDirection direction, Flow flow) {
    return spd.lookup(direction, flow);
  }
}
