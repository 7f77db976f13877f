package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkListener;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.NetlinkSocket;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.NetworkNamespace;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Listens to what happens in the kernel's IPsec databases. Events come on a thread of its own, one
 * at a time; an overflow comes as {@link XfrmEvent.ResyncNeeded}, never as silence.
 *
 * <p>The kernel sends SAs with their keys. They are overwritten before the listener sees the event,
 * in which of a key only its length is known.
 */
public final class XfrmEvents implements AutoCloseable {
  private static final String THREAD = "xfrm-events";

  private final NetlinkListener listener;

  private XfrmEvents(NetlinkListener listener) {
    this.listener = listener;
  }

  /** Listens to all groups in the calling thread's network namespace. */
  public static XfrmEvents open(Consumer<XfrmEvent> listener) throws NetlinkException {
    return open(EnumSet.allOf(XfrmGroup.class), listener);
  }

  /** Listens to some groups in the calling thread's network namespace. */
  public static XfrmEvents open(Set<XfrmGroup> groups, Consumer<XfrmEvent> listener)
      throws NetlinkException {
    return start(NetlinkSocket.open(NetlinkSocket.XFRM), groups, listener);
  }

  /** Listens to all groups in another network namespace. */
  public static XfrmEvents open(NetworkNamespace namespace, Consumer<XfrmEvent> listener)
      throws NetlinkException {
    return start(
        NetlinkSocket.open(NetlinkSocket.XFRM, namespace),
        EnumSet.allOf(XfrmGroup.class),
        listener);
  }

  /**
   * Listens to something that tells events like the kernel. Its receive ends with an exception when
   * it is closed.
   */
  public static XfrmEvents over(NetlinkTransport transport, Consumer<XfrmEvent> listener) {
    return new XfrmEvents(NetlinkListener.over(transport, THREAD, new Teller(listener)));
  }

  private static XfrmEvents start(
      NetlinkSocket socket, Set<XfrmGroup> groups, Consumer<XfrmEvent> listener)
      throws NetlinkException {
    List<Integer> numbers = groups.stream().map(XfrmGroup::number).toList();
    return new XfrmEvents(NetlinkListener.join(socket, numbers, THREAD, new Teller(listener)));
  }

  /** Makes events of messages. */
  private record Teller(Consumer<XfrmEvent> listener) implements NetlinkListener.Hearer {
    @Override
    public void message(NetlinkMessage message) throws NetlinkCodecException {
      Optional<XfrmMessageType> type = XfrmMessageType.of(message.type());
      if (type.isEmpty()) {
        lost("the kernel told a message of type " + message.type());
        return;
      }
      XfrmMessage event = XfrmMessage.decode(type.get(), false, message.payload());
      XfrmMessage shown = event.withoutKeys();
      event.wipe();
      listener.accept(shown);
    }

    @Override
    public void lost(String why) {
      listener.accept(new XfrmEvent.ResyncNeeded(why));
    }

    @Override
    public void stopped(NetlinkException why) {
      listener.accept(new XfrmEvent.Stopped(why));
    }
  }

  /**
   * Ends the events: when it returns, the thread has ended and the socket is closed. Called by the
   * listener itself it returns at once, and the event that is told is the last.
   */
  @Override
  public void close() {
    listener.close();
  }
}
