package io.gkm.netlink.route;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkListener;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.NetlinkSocket;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.NetworkNamespace;
import io.gkm.netlink.StructReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Listens to what happens to links and addresses. Events come on a thread of its own, one at a
 * time; an overflow comes as {@link RouteEvent.ResyncNeeded}, never as silence.
 */
public final class RouteEvents implements AutoCloseable {
  private static final String THREAD = "route-events";

  /** RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR and RTNLGRP_IPV6_IFADDR of linux/rtnetlink.h. */
  private static final List<Integer> GROUPS = List.of(1, 5, 9);

  private final NetlinkListener listener;

  private RouteEvents(NetlinkListener listener) {
    this.listener = listener;
  }

  /** Listens in the calling thread's network namespace. */
  public static RouteEvents open(Consumer<RouteEvent> listener) throws NetlinkException {
    return start(NetlinkSocket.open(NetlinkSocket.ROUTE), listener);
  }

  /** Listens in another network namespace. */
  public static RouteEvents open(NetworkNamespace namespace, Consumer<RouteEvent> listener)
      throws NetlinkException {
    return start(NetlinkSocket.open(NetlinkSocket.ROUTE, namespace), listener);
  }

  private static RouteEvents start(NetlinkSocket socket, Consumer<RouteEvent> listener)
      throws NetlinkException {
    return new RouteEvents(NetlinkListener.join(socket, GROUPS, THREAD, new Teller(listener)));
  }

  /**
   * Listens to something that tells events like the kernel. Its receive ends with an exception when
   * it is closed.
   */
  public static RouteEvents over(NetlinkTransport transport, Consumer<RouteEvent> listener) {
    return new RouteEvents(NetlinkListener.over(transport, THREAD, new Teller(listener)));
  }

  /** What a message tells; empty where it is about nothing that is looked at here. */
  static Optional<RouteEvent> decode(NetlinkMessage message) throws NetlinkCodecException {
    StructReader in = message.payload();
    return switch (message.type()) {
      case RouteMessageType.NEWLINK -> Link.decode(in).map(RouteEvent.LinkChanged::new);
      case RouteMessageType.DELLINK -> Link.decode(in).map(RouteEvent.LinkRemoved::new);
      case RouteMessageType.NEWADDR -> LinkAddress.decode(in).map(RouteEvent.AddressChanged::new);
      case RouteMessageType.DELADDR -> LinkAddress.decode(in).map(RouteEvent.AddressRemoved::new);
      default -> Optional.empty();
    };
  }

  /** Makes events of messages. */
  private record Teller(Consumer<RouteEvent> listener) implements NetlinkListener.Hearer {
    @Override
    public void message(NetlinkMessage message) throws NetlinkCodecException {
      decode(message).ifPresent(listener);
    }

    @Override
    public void lost(String why) {
      listener.accept(new RouteEvent.ResyncNeeded(why));
    }

    @Override
    public void stopped(NetlinkException why) {
      listener.accept(new RouteEvent.Stopped(why));
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
