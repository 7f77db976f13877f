package io.gkm.netlink.xfrm;

import io.gkm.netlink.Errno;
import io.gkm.netlink.KernelError;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkConnection;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.NetlinkSocket;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.NetworkNamespace;
import io.gkm.netlink.PreparedRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kernel's IPsec databases of one network namespace. Each call waits for the kernel's answer;
 * any thread may call, one at a time is served.
 *
 * <p>{@link NetlinkException} says that the way to the kernel failed, {@link XfrmException} that
 * the kernel said no.
 */
public final class XfrmClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final NetlinkConnection connection;

  private XfrmClient(NetlinkConnection connection) {
    this.connection = connection;
  }

  /** The databases of the calling thread's network namespace. */
  public static XfrmClient open() throws NetlinkException {
    return over(NetlinkSocket.open(NetlinkSocket.XFRM));
  }

  /** The databases of another network namespace. */
  public static XfrmClient open(NetworkNamespace namespace) throws NetlinkException {
    return over(NetlinkSocket.open(NetlinkSocket.XFRM, namespace));
  }

  private static XfrmClient over(NetlinkSocket socket) throws NetlinkException {
    socket.receiveTimeout(TIMEOUT);
    return over((NetlinkTransport) socket);
  }

  /** A client over something that answers like the kernel. */
  public static XfrmClient over(NetlinkTransport transport) {
    return new XfrmClient(new NetlinkConnection(transport));
  }

  public void addSa(XfrmSa sa) throws NetlinkException, XfrmException {
    execute(new XfrmNewSa(sa));
  }

  public void updateSa(XfrmSa sa) throws NetlinkException, XfrmException {
    execute(new XfrmUpdateSa(sa));
  }

  public void deleteSa(XfrmSaId id) throws NetlinkException, XfrmException {
    execute(XfrmDeleteSa.of(id));
  }

  /** The SA with its keys, if there is one. */
  public Optional<XfrmSa> getSa(XfrmSaId id) throws NetlinkException, XfrmException {
    return find(XfrmGetSa.of(id), XfrmNewSa.class).map(XfrmNewSa::sa);
  }

  /** All SAs with their keys; states that only wait for a key (an acquire) are left out. */
  public List<XfrmSa> dumpSas() throws NetlinkException, XfrmException {
    return dumpSas(XfrmDumpSas.ALL);
  }

  /**
   * The SAs that a filter lets pass, with their keys; larval states are left out.
   *
   * @throws NetlinkCodecException where one of them cannot be read
   */
  public List<XfrmSa> dumpSas(XfrmDumpSas filter) throws NetlinkException, XfrmException {
    Collector<XfrmSa> collector = new Collector<>(XfrmSa::wipe);
    visitSas(filter, collector);
    return collector.collected().stream().filter(sa -> !sa.isLarval()).toList();
  }

  /** The SAs that a filter lets pass, with their keys, larval states too, one by one. */
  public void visitSas(XfrmDumpSas filter, XfrmVisitor<XfrmSa> visitor)
      throws NetlinkException, XfrmException {
    dump(filter, new Dump<>(XfrmMessageType.NEWSA, m -> ((XfrmNewSa) m).sa(), visitor));
  }

  /** Removes all SAs of a protocol, 0 for all protocols, whoever added them. */
  public void flushSas(int protocol) throws NetlinkException, XfrmException {
    execute(XfrmFlushSas.of(protocol));
  }

  /**
   * Makes a larval state with a free SPI; {@link #updateSa} with it and keys makes it an SA.
   *
   * @param sa with SPI 0 and without keys
   * @param least of the SPIs to choose from; 32 bits without sign
   * @param greatest as least
   */
  public XfrmSa allocateSpi(XfrmSa sa, int least, int greatest)
      throws NetlinkException, XfrmException {
    return get(new XfrmAllocateSpi(sa, least, greatest), XfrmNewSa.class).sa();
  }

  public void addPolicy(XfrmPolicy policy) throws NetlinkException, XfrmException {
    execute(new XfrmNewPolicy(policy));
  }

  public void updatePolicy(XfrmPolicy policy) throws NetlinkException, XfrmException {
    execute(new XfrmUpdatePolicy(policy));
  }

  public void deletePolicy(XfrmPolicyId id) throws NetlinkException, XfrmException {
    execute(XfrmDeletePolicy.of(id));
  }

  /** The policy, if there is one. */
  public Optional<XfrmPolicy> getPolicy(XfrmPolicyId id) throws NetlinkException, XfrmException {
    return find(XfrmGetPolicy.of(id), XfrmNewPolicy.class).map(XfrmNewPolicy::policy);
  }

  /**
   * All policies; those of sockets are not shown by the kernel.
   *
   * @throws NetlinkCodecException where one of them cannot be read
   */
  public List<XfrmPolicy> dumpPolicies() throws NetlinkException, XfrmException {
    Collector<XfrmPolicy> collector = new Collector<>(policy -> {});
    visitPolicies(collector);
    return collector.collected();
  }

  /** All policies, one by one. */
  public void visitPolicies(XfrmVisitor<XfrmPolicy> visitor)
      throws NetlinkException, XfrmException {
    dump(
        XfrmDumpPolicies.ALL,
        new Dump<>(XfrmMessageType.NEWPOLICY, m -> ((XfrmNewPolicy) m).policy(), visitor));
  }

  /** Removes all policies of the main database, whoever added them. */
  public void flushPolicies() throws NetlinkException, XfrmException {
    execute(XfrmFlushPolicies.MAIN);
  }

  /** What happens to traffic that no policy matches. */
  public XfrmDefaults defaults() throws NetlinkException, XfrmException {
    return get(XfrmGetDefault.REQUEST, XfrmGetDefault.class).defaults();
  }

  public void setDefaults(XfrmDefaults defaults) throws NetlinkException, XfrmException {
    execute(new XfrmSetDefault(defaults));
  }

  /** What the SA database holds. */
  public XfrmSadInfo sadInfo() throws NetlinkException, XfrmException {
    return get(new XfrmGetSadInfo(0), XfrmSadInfo.class);
  }

  /** What the policy database holds. */
  public XfrmSpdInfo spdInfo() throws NetlinkException, XfrmException {
    return get(new XfrmGetSpdInfo(0), XfrmSpdInfo.class);
  }

  /**
   * Several changes in as few sends as possible, in order, acknowledged once for each send. No
   * transaction: after a refused one the kernel goes on with the next.
   *
   * @return for each request why it was refused; empty where it was done
   * @throws NetlinkException where the way to the kernel failed: it is not known then how far it
   *     came
   */
  public List<Optional<XfrmException>> batch(List<? extends XfrmMessage> requests)
      throws NetlinkException {
    Map<Integer, KernelError> errors = connection.batch(requests);
    if (errors.isEmpty()) {
      return Collections.nCopies(requests.size(), Optional.empty());
    }
    List<Optional<XfrmException>> results = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      KernelError error = errors.get(i);
      results.add(
          error == null ? Optional.empty() : Optional.of(XfrmException.of(requests.get(i), error)));
    }
    return results;
  }

  /**
   * Several changes to be sent again and again, together and without an answer; a later call of
   * another kind skips what the kernel says when it refuses one.
   */
  public PreparedRequests prepare(List<? extends XfrmMessage> requests) {
    return connection.prepare(requests);
  }

  /** One change, whichever the message asks for; what the kernel replies is not looked at. */
  public void execute(XfrmMessage request) throws NetlinkException, XfrmException {
    refuse(request, connection.execute(request, reply -> {}));
  }

  /**
   * One question, whichever the message asks.
   *
   * @param reply what the kernel replies with
   * @throws NetlinkCodecException where it replies with something else
   */
  public <T extends XfrmMessage> T get(XfrmMessage request, Class<T> reply)
      throws NetlinkException, XfrmException {
    List<XfrmMessage> replies = new ArrayList<>();
    refuse(request, connection.execute(request, m -> decode(m).ifPresent(replies::add)));
    return replies.stream()
        .filter(reply::isInstance)
        .map(reply::cast)
        .findFirst()
        .orElseThrow(
            () ->
                new NetlinkCodecException(
                    request.type().headerName(), "the kernel's reply is no " + reply.getName()));
  }

  private <T extends XfrmMessage> Optional<T> find(XfrmMessage request, Class<T> reply)
      throws NetlinkException, XfrmException {
    try {
      return Optional.of(get(request, reply));
    } catch (XfrmException e) {
      if (e.errno() == Errno.ESRCH || e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void dump(XfrmMessage request, NetlinkConnection.DumpReplies replies)
      throws NetlinkException, XfrmException {
    refuse(request, connection.dump(request, replies));
  }

  private static void refuse(XfrmMessage request, Optional<KernelError> error)
      throws XfrmException {
    if (error.isPresent()) {
      throw XfrmException.of(request, error.get());
    }
  }

  /** A message of a type that this library does not know is no reply to what it asks. */
  static Optional<XfrmMessage> decode(NetlinkMessage message) throws NetlinkCodecException {
    Optional<XfrmMessageType> type = XfrmMessageType.of(message.type());
    return type.isEmpty()
        ? Optional.empty()
        : Optional.of(XfrmMessage.decode(type.get(), false, message.payload()));
  }

  @Override
  public void close() {
    connection.close();
  }
}
