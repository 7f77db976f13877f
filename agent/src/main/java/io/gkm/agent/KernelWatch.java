package io.gkm.agent;

import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.xfrm.XfrmEvent;
import io.gkm.netlink.xfrm.XfrmEvents;
import java.util.function.Consumer;
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
    AutoCloseable open(Consumer<String> hint) throws Exception;
  }

  static AutoCloseable open(Consumer<String> hint) throws NetlinkException {
    return XfrmEvents.open(
        event -> {
          String text = text(event);
          if (!text.isEmpty()) {
            hint.accept(text);
          }
        });
  }

  /** Empty for what changes nothing. */
  private static String text(XfrmEvent event) {
    if (event instanceof XfrmEvent.SaExpired expired) {
      // The members know when keys end, and what then; to look now would be to look too early.
      LOG.debug("gkm: kernel: SA {} has expired, hard: {}", expired.id(), expired.hard());
      return "";
    } else if (event instanceof XfrmEvent.SasChanged) {
      return "SAs have changed";
    } else if (event instanceof XfrmEvent.PoliciesChanged) {
      return "policies have changed";
    } else if (event instanceof XfrmEvent.ResyncNeeded resync) {
      return resync.why();
    } else if (event instanceof XfrmEvent.Stopped stopped) {
      return "no more events come from the kernel: " + stopped.why().getMessage();
    }
    return "";
  }
}
