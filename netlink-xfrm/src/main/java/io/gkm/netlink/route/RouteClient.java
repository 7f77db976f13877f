package io.gkm.netlink.route;

import io.gkm.netlink.Errno;
import io.gkm.netlink.KernelError;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkConnection;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.NetlinkSocket;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.NetworkNamespace;
import io.gkm.netlink.StructReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Links and addresses of one network namespace. Each call waits for the kernel's answer; any thread
 * may call, one at a time is served.
 *
 * <p>{@link NetlinkException} says that the way to the kernel failed, {@link RouteException} that
 * the kernel said no.
 */
public final class RouteClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final NetlinkConnection connection;

  private RouteClient(NetlinkConnection connection) {
    this.connection = connection;
  }

  /** Of the calling thread's network namespace. */
  public static RouteClient open() throws NetlinkException {
    return over(NetlinkSocket.open(NetlinkSocket.ROUTE));
  }

  /** Of another network namespace. */
  public static RouteClient open(NetworkNamespace namespace) throws NetlinkException {
    return over(NetlinkSocket.open(NetlinkSocket.ROUTE, namespace));
  }

  private static RouteClient over(NetlinkSocket socket) throws NetlinkException {
    try {
      socket.receiveTimeout(TIMEOUT);
    } catch (NetlinkException e) {
      socket.close();
      throw e;
    }
    return over((NetlinkTransport) socket);
  }

  /** A client over something that answers like the kernel. */
  public static RouteClient over(NetlinkTransport transport) {
    return new RouteClient(new NetlinkConnection(transport));
  }

  /** All links, in the kernel's order. */
  public List<Link> links() throws NetlinkException, RouteException {
    return dump(new DumpLinks(), RouteMessageType.NEWLINK, Link::decode);
  }

  /** The link of this index, if there is one. */
  public Optional<Link> link(int index) throws NetlinkException, RouteException {
    return find(GetLink.of(index));
  }

  /**
   * The link of this name, if there is one.
   *
   * @throws IllegalArgumentException where no link can have such a name
   */
  public Optional<Link> link(String name) throws NetlinkException, RouteException {
    return find(GetLink.of(name));
  }

  /** All IPv4 and IPv6 addresses of all links. */
  public List<LinkAddress> addresses() throws NetlinkException, RouteException {
    return dump(new DumpAddresses(), RouteMessageType.NEWADDR, LinkAddress::decode);
  }

  /**
   * Makes an xfrm interface, which is down at first.
   *
   * @param name as the kernel wants it: 1 to 15 octets
   */
  public Link addXfrmInterface(String name, XfrmInterface content)
      throws NetlinkException, RouteException {
    execute(new NewXfrmLink(name, content));
    return link(name)
        .orElseThrow(() -> new NetlinkException("link " + name + " was made and is not there", 0));
  }

  public void deleteLink(int index) throws NetlinkException, RouteException {
    execute(new DeleteLink(index));
  }

  public void setUp(int index, boolean up) throws NetlinkException, RouteException {
    execute(new ChangeLink(index, Optional.of(up), OptionalLong.empty()));
  }

  public void setMtu(int index, long mtu) throws NetlinkException, RouteException {
    execute(new ChangeLink(index, Optional.empty(), OptionalLong.of(mtu)));
  }

  private Optional<Link> find(GetLink request) throws NetlinkException, RouteException {
    List<Link> found = new ArrayList<>();
    Optional<KernelError> error =
        connection.execute(
            request, message -> take(message, RouteMessageType.NEWLINK, Link::decode, found));
    if (error.isPresent() && error.get().errno() == Errno.ENODEV) {
      return Optional.empty();
    }
    refuse(request, error);
    return found.stream().findFirst();
  }

  private void execute(RouteRequest request) throws NetlinkException, RouteException {
    refuse(request, connection.execute(request, reply -> {}));
  }

  private <T> List<T> dump(RouteRequest request, int type, Decoder<T> decoder)
      throws NetlinkException, RouteException {
    List<T> found = new ArrayList<>();
    refuse(
        request,
        connection.dump(
            request,
            new NetlinkConnection.DumpReplies() {
              @Override
              public void reply(NetlinkMessage message) throws NetlinkException {
                take(message, type, decoder, found);
              }

              @Override
              public void restarted() {
                found.clear();
              }
            }));
    return found;
  }

  /** How an object is read from a message; empty where the message is about something else. */
  private interface Decoder<T> {
    Optional<T> decode(StructReader in) throws NetlinkCodecException;
  }

  private static <T> void take(NetlinkMessage message, int type, Decoder<T> decoder, List<T> found)
      throws NetlinkCodecException {
    if (message.type() == type) {
      decoder.decode(message.payload()).ifPresent(found::add);
    }
  }

  private static void refuse(RouteRequest request, Optional<KernelError> error)
      throws RouteException {
    if (error.isPresent()) {
      throw RouteException.of(request, error.get());
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
