package io.gkm.agent;

import io.gkm.ike.wire.ProtocolId;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.xfrm.XfrmDeletePolicy;
import io.gkm.netlink.xfrm.XfrmDeleteSa;
import io.gkm.netlink.xfrm.XfrmEvent;
import io.gkm.netlink.xfrm.XfrmEvents;
import io.gkm.netlink.xfrm.XfrmExpire;
import io.gkm.netlink.xfrm.XfrmFlushPolicies;
import io.gkm.netlink.xfrm.XfrmFlushSas;
import io.gkm.netlink.xfrm.XfrmGroup;
import io.gkm.netlink.xfrm.XfrmNewPolicy;
import io.gkm.netlink.xfrm.XfrmNewSa;
import io.gkm.netlink.xfrm.XfrmPolicyExpire;
import io.gkm.netlink.xfrm.XfrmProtocol;
import io.gkm.netlink.xfrm.XfrmUpdatePolicy;
import io.gkm.netlink.xfrm.XfrmUpdateSa;
import java.util.EnumSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from the kernel that somebody, perhaps this daemon itself, changed SAs or policies. Only a
 * hint to look again: what is right is decided by comparing.
 */
final class KernelWatch {
  private static final Logger LOG = LoggerFactory.getLogger(KernelWatch.class);

  private KernelWatch() {}

  /** Opens the watch; what it hears goes to the listener, on a thread of the watch's own. */
  interface Opener {
    AutoCloseable open(Listener listener) throws Exception;
  }

  /** Who hears it. */
  interface Listener {
    /** SAs or policies may not be what they were. */
    void changed(String hint);

    /** An SA (ESP or AH, by security protocol id) has seen as many packets as its soft limit. */
    void nearlyUsedUp(int protocolId, int spi);
  }

  static AutoCloseable open(Listener listener) throws NetlinkException {
    return XfrmEvents.open(
        EnumSet.of(XfrmGroup.EXPIRE, XfrmGroup.SA, XfrmGroup.POLICY),
        event -> {
          String text = text(event);
          if (!text.isEmpty()) {
            listener.changed(text);
          }
          if (event instanceof XfrmExpire expire && isUsedUp(expire)) {
            listener.nearlyUsedUp(
                expire.sa().id().protocol() == XfrmProtocol.AH ? ProtocolId.AH : ProtocolId.ESP,
                expire.sa().id().spi());
          }
        });
  }

  private static boolean isUsedUp(XfrmExpire expire) {
    return !expire.hard()
        && Long.compareUnsigned(expire.sa().usage().packets(), expire.sa().lifetime().softPackets())
            >= 0;
  }

  /** Empty for what changes nothing. */
  private static String text(XfrmEvent event) {
    if (event instanceof XfrmExpire expire) {
      // The members know when keys end, and what then; to look now would be to look too early.
      LOG.debug("gkm: kernel: {} has expired, hard: {}", expire.object(), expire.hard());
    } else if (event instanceof XfrmNewSa
        || event instanceof XfrmUpdateSa
        || event instanceof XfrmDeleteSa
        || event instanceof XfrmFlushSas) {
      return "SAs have changed";
    } else if (event instanceof XfrmNewPolicy
        || event instanceof XfrmUpdatePolicy
        || event instanceof XfrmDeletePolicy
        || event instanceof XfrmPolicyExpire
        || event instanceof XfrmFlushPolicies) {
      return "policies have changed";
    } else if (event instanceof XfrmEvent.ResyncNeeded resync) {
      return resync.why();
    } else if (event instanceof XfrmEvent.Stopped stopped) {
      return "no more events come from the kernel: " + stopped.why().getMessage();
    }
    return "";
  }
}
