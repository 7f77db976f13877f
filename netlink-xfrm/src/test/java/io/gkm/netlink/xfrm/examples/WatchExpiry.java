package io.gkm.netlink.xfrm.examples;

import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.xfrm.XfrmEvent;
import io.gkm.netlink.xfrm.XfrmEvents;
import io.gkm.netlink.xfrm.XfrmExpire;
import io.gkm.netlink.xfrm.XfrmGroup;
import java.util.EnumSet;
import java.util.function.Consumer;

/** 3. Being told that an SA comes to its end. */
final class WatchExpiry {
  private WatchExpiry() {}

  static XfrmEvents run(Consumer<String> log) throws NetlinkException {
    // begin
    XfrmEvents events =
        XfrmEvents.open(
            EnumSet.of(XfrmGroup.EXPIRE),
            event -> {
              if (event instanceof XfrmExpire expire) {
                log.accept((expire.hard() ? "gone: " : "renew: ") + expire.sa().id());
              } else if (event instanceof XfrmEvent.ResyncNeeded resync) {
                log.accept("events were lost, look at everything again: " + resync.why());
              } else if (event instanceof XfrmEvent.Stopped stopped) {
                log.accept("no more events: " + stopped.why().getMessage());
              }
            });
    // end
    return events;
  }
}
