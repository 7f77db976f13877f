package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.xfrm.XfrmGroup;
import io.gkm.netlink.xfrm.XfrmMessage;
import java.util.ArrayList;
import java.util.List;

/** Tells events to all who listen. */
final class Multicast {
  private final List<EventPort> listeners = new ArrayList<>();

  void add(EventPort listener) {
    listeners.add(listener);
  }

  void tell(XfrmGroup group, XfrmMessage event, Origin origin) {
    listeners.removeIf(EventPort::isClosed);
    for (EventPort listener : listeners) {
      if (listener.hears(group)) {
        listener.tell(Answers.message(event, origin));
      }
    }
  }

  void overrun() {
    listeners.forEach(EventPort::overrun);
  }
}
