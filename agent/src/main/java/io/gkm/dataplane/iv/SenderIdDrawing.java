package io.gkm.dataplane.iv;

import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetworkNamespace;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmProtocol;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaFlags;
import java.net.Inet6Address;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Makes SAs whose IVs begin with a Sender-ID (RFC 6054), on a kernel that chooses IVs itself: adds
 * the SA, looks at the IV of a packet that goes through it and never leaves the machine, and if the
 * kernel has drawn something else deletes it and adds it again. With a Sender-ID of n bits that
 * takes 2^n tries on average.
 *
 * <p>Until an SA is ready no policy may lead to its reqid, nor may a policy that names no reqid
 * match its traffic; so it has one that nobody has used. What arrives for an SA that also receives
 * may be lost meanwhile. Whoever listens to the kernel's events about SAs hears of every try.
 *
 * <p>Each drawing has a connection to the kernel and a device of its own, which go when it ends, or
 * with the process. Not for use by several threads.
 */
public final class SenderIdDrawing {
  private final Optional<NetworkNamespace> namespace;

  private SenderIdDrawing(Optional<NetworkNamespace> namespace) {
    this.namespace = namespace;
  }

  /** Drawing in the calling thread's network namespace. */
  public static SenderIdDrawing here() {
    return new SenderIdDrawing(Optional.empty());
  }

  /** Drawing in another network namespace. */
  public static SenderIdDrawing in(NetworkNamespace namespace) {
    return new SenderIdDrawing(Optional.of(namespace));
  }

  /**
   * Adds an SA with a Sender-ID.
   *
   * @param wanted ESP in a counter mode, its identity not in use and its reqid fresh; from its
   *     limits a hard packet limit results in any case; its seconds are those from now; stays the
   *     caller's, who wipes it
   * @param wayReqid another fresh reqid, for the SA around the probes
   * @throws DrawingException when it was not made; nothing of the drawing is left then
   */
  public DrawnSa draw(
      XfrmSa wanted, SenderId senderId, int wayReqid, DrawingLimits limits, DrawingWatcher watcher)
      throws DrawingException {
    check(wanted, senderId, wayReqid);
    try (XfrmClient client = open()) {
      boolean six = wanted.id().destination() instanceof Inet6Address;
      try (ProbeWay way = there(() -> ProbeWay.open(client, six, wayReqid, limits.most()))) {
        there(
            () -> {
              Rehearsal.hold(client, way, wanted);
              return null;
            });
        try (KernelProbe probe =
            new KernelProbe(way, there(() -> way.socket(wanted)), wanted.id())) {
          Candidate candidate = new Candidate(wanted);
          return new Search(client, probe, candidate, senderId, limits, watcher, System::nanoTime)
              .run();
        }
      }
    } catch (NetlinkException | XfrmException e) {
      throw new DrawingException(
          "no SA with Sender-ID " + senderId + " can be made: " + e.getMessage(), e);
    }
  }

  private static void check(XfrmSa wanted, SenderId senderId, int wayReqid)
      throws DrawingException {
    if (!senderId.canBeDrawn()) {
      throw new DrawingException(
          "Sender-ID "
              + senderId
              + " is too long: more than "
              + SenderId.MOST_DRAWN_BITS
              + " bits are not drawn");
    }
    if (wanted.id().protocol() != XfrmProtocol.ESP || (wanted.flags() & XfrmSaFlags.ESN) != 0) {
      throw new IllegalArgumentException(wanted.id() + " is no ESP SA with short numbers");
    }
    if (wanted.reqid() == 0 || wayReqid == 0 || wanted.reqid() == wayReqid) {
      throw new IllegalArgumentException("reqids " + wanted.reqid() + " and " + wayReqid);
    }
  }

  private XfrmClient open() throws NetlinkException {
    return namespace.isPresent() ? XfrmClient.open(namespace.get()) : XfrmClient.open();
  }

  /** What opens sockets and devices is done where they are to be. */
  private <T> T there(Callable<T> work) throws DrawingException, NetlinkException, XfrmException {
    try {
      return namespace.isPresent() ? namespace.get().call(work) : work.call();
    } catch (DrawingException | NetlinkException | XfrmException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new DrawingException("no way for probes: " + e.getMessage(), e);
    }
  }
}
