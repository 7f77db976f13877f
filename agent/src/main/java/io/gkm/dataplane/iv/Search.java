package io.gkm.dataplane.iv;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.PreparedRequests;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmDeleteSa;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmNewAe;
import io.gkm.netlink.xfrm.XfrmNewSa;
import io.gkm.netlink.xfrm.XfrmSa;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Adds and deletes an SA until the kernel has drawn a mask with the Sender-ID, and makes that one
 * ready. However it ends, no other one is left.
 */
final class Search {
  /** The clock costs a system call on some machines. */
  private static final int TRIES_BETWEEN_LOOKS = 64;

  private static final long SECOND = 1_000_000_000L;

  private final XfrmClient client;
  private final Probe probe;
  private final Candidate candidate;
  private final SenderId senderId;
  private final DrawingLimits limits;
  private final DrawingWatcher watcher;
  private final LongSupplier clock;
  private final long start;
  private long nextReport;
  private long tries;
  private int misses;

  /**
   * @param probe goes through the SA with the identity and the reqid of the candidate
   * @param clock monotonic, nanoseconds
   */
  Search(
      XfrmClient client,
      Probe probe,
      Candidate candidate,
      SenderId senderId,
      DrawingLimits limits,
      DrawingWatcher watcher,
      LongSupplier clock) {
    this.client = client;
    this.probe = probe;
    this.candidate = candidate;
    this.senderId = senderId;
    this.limits = limits;
    this.watcher = watcher;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.nextReport = SECOND;
  }

  DrawnSa run() throws DrawingException, NetlinkException, XfrmException {
    XfrmSa tried = candidate.tried();
    // The first one is acknowledged: it says why, where the kernel will have none.
    client.addSa(tried);
    boolean ready = false;
    try (PreparedRequests another =
        client.prepare(List.of(XfrmDeleteSa.of(tried.id()), new XfrmNewSa(tried)))) {
      KernelIvs ivs = find(another);
      watcher.found(senderId);
      makeReady();
      ready = true;
      return new DrawnSa(tried.id(), senderId, ivs, tries, elapsed());
    } finally {
      if (!ready) {
        delete(tried);
      }
    }
  }

  private KernelIvs find(PreparedRequests another) throws DrawingException, NetlinkException {
    while (true) {
      tries++;
      Optional<ProbePacket> packet = probe.send(KernelIvs.PROBE_SEQUENCE);
      if (packet.isPresent()) {
        misses = 0;
        KernelIvs ivs = packet.get().ivs();
        if (ivs.carry(senderId) && isConfirmed(ivs)) {
          return ivs;
        }
      } else {
        misses++;
      }
      if (misses > 0 || tries % TRIES_BETWEEN_LOOKS == 0) {
        look();
      }
      another.send();
    }
  }

  /**
   * Whether the next packet has the same mask. Not so where the first one was a late one of an SA
   * that is gone, or the kernel makes these IVs in another way.
   */
  private boolean isConfirmed(KernelIvs ivs) throws NetlinkException {
    return probe
        .send(KernelIvs.CONFIRMATION_SEQUENCE)
        .map(ProbePacket::ivs)
        .equals(Optional.of(ivs));
  }

  private void look() throws DrawingException {
    if (misses > limits.misses()) {
      throw new DrawingException(
          "the IVs of " + candidate.wanted().id() + " cannot be seen: " + probe.trouble());
    }
    if (!watcher.goesOn()) {
      throw new DrawingException("the drawing of Sender-ID " + senderId + " was stopped");
    }
    Duration elapsed = elapsed();
    if (elapsed.compareTo(limits.most()) > 0) {
      throw new DrawingException(
          "Sender-ID "
              + senderId
              + " was not drawn with "
              + tries
              + " SAs in "
              + elapsed.toSeconds()
              + " s");
    }
    if (elapsed.toNanos() >= nextReport) {
      nextReport = elapsed.toNanos() + SECOND;
      watcher.stillDrawing(senderId, tries, elapsed);
    }
  }

  private void makeReady() throws DrawingException, NetlinkException, XfrmException {
    client.execute(new XfrmNewAe(candidate.reset(read().usage().addTime())));
    client.updateSa(candidate.ready(elapsed()));
    XfrmSa made = read();
    if (made.replay().outSequence() != 0
        || made.lifetime().hardPackets() > KernelIvs.HARD_PACKETS
        || made.lifetime().hardPackets() < 0
        || made.reqid() != candidate.wanted().reqid()) {
      throw new DrawingException(
          made.id() + ": the kernel has not taken over its sequence number or its limits");
    }
  }

  /** The SA as the kernel has it, without keys. */
  private XfrmSa read() throws DrawingException, NetlinkException, XfrmException {
    XfrmSa there =
        client
            .getSa(candidate.wanted().id())
            .orElseThrow(
                () ->
                    new DrawingException(
                        candidate.wanted().id() + " is gone: somebody else has deleted it"));
    there.wipe();
    return there;
  }

  private void delete(XfrmSa tried) throws NetlinkException, XfrmException {
    try {
      client.deleteSa(tried.id());
    } catch (XfrmException e) {
      if (e.errno() != Errno.ESRCH) {
        throw e;
      }
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(clock.getAsLong() - start);
  }
}
