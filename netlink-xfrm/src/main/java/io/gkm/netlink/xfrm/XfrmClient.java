package io.gkm.netlink.xfrm;

import io.gkm.netlink.Errno;
import io.gkm.netlink.KernelError;
import io.gkm.netlink.NetlinkConnection;
import io.gkm.netlink.NetlinkConnection.Answer;
import io.gkm.netlink.NetlinkConnection.Request;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.NetlinkSocket;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.NetworkNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's IPsec databases of one network namespace. Each call waits for the kernel's answer. A
 * client may be handed from thread to thread, but is used by one at a time.
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
    execute(new XfrmRequest.AddSa(sa));
  }

  public void updateSa(XfrmSa sa) throws NetlinkException, XfrmException {
    execute(new XfrmRequest.UpdateSa(sa));
  }

  public void deleteSa(XfrmSaId id) throws NetlinkException, XfrmException {
    execute(new XfrmRequest.DeleteSa(id));
  }

  /** The SA with its keys, if there is one. */
  public Optional<XfrmSa> getSa(XfrmSaId id) throws NetlinkException, XfrmException {
    Optional<NetlinkMessage> reply =
        get("get", id.toString(), Request.of(XfrmMessageType.GETSA, id::encode));
    if (reply.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(XfrmSaCodec.decode(reply.get().reader()));
  }

  /** All SAs with their keys; states that only wait for a key (an acquire) are left out. */
  public List<XfrmSa> dumpSas() throws NetlinkException, XfrmException {
    List<XfrmSa> sas = new ArrayList<>();
    for (NetlinkMessage message : dump("SAs", XfrmMessageType.GETSA)) {
      if (message.type() == XfrmMessageType.NEWSA && !XfrmSaCodec.isLarval(message.reader())) {
        sas.add(XfrmSaCodec.decode(message.reader()));
      }
      message.wipe();
    }
    return sas;
  }

  /** Removes all SAs of a protocol, 0 for all protocols, whoever added them. */
  public void flushSas(int protocol) throws NetlinkException, XfrmException {
    check("flush", "SAs", Request.of(XfrmMessageType.FLUSHSA, out -> out.u8(protocol)));
  }

  public void addPolicy(XfrmPolicy policy) throws NetlinkException, XfrmException {
    execute(new XfrmRequest.AddPolicy(policy));
  }

  public void updatePolicy(XfrmPolicy policy) throws NetlinkException, XfrmException {
    execute(new XfrmRequest.UpdatePolicy(policy));
  }

  public void deletePolicy(XfrmPolicyId id) throws NetlinkException, XfrmException {
    execute(new XfrmRequest.DeletePolicy(id));
  }

  /** The policy, if there is one. */
  public Optional<XfrmPolicy> getPolicy(XfrmPolicyId id) throws NetlinkException, XfrmException {
    Optional<NetlinkMessage> reply =
        get("get", id.toString(), Request.of(XfrmMessageType.GETPOLICY, id::encode));
    return reply.isEmpty()
        ? Optional.empty()
        : Optional.of(XfrmPolicy.decode(reply.get().reader()));
  }

  /** All policies; those of sockets are not shown by the kernel. */
  public List<XfrmPolicy> dumpPolicies() throws NetlinkException, XfrmException {
    List<XfrmPolicy> policies = new ArrayList<>();
    for (NetlinkMessage message : dump("policies", XfrmMessageType.GETPOLICY)) {
      if (message.type() == XfrmMessageType.NEWPOLICY) {
        policies.add(XfrmPolicy.decode(message.reader()));
      }
    }
    return policies;
  }

  /** Removes all policies, whoever added them. */
  public void flushPolicies() throws NetlinkException, XfrmException {
    check("flush", "policies", Request.of(XfrmMessageType.FLUSHPOLICY, out -> {}));
  }

  /**
   * Several changes in as few sends as possible, in order. No transaction: after a refused one the
   * kernel goes on with the next.
   *
   * @return for each request why it was refused; empty where it was done
   */
  public List<Optional<XfrmException>> batch(List<XfrmRequest> requests) throws NetlinkException {
    List<Answer> answers = connection.batch(requests.stream().map(XfrmRequest::encode).toList());
    List<Optional<XfrmException>> results = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      XfrmRequest request = requests.get(i);
      results.add(answers.get(i).error().map(e -> refusal(request, e)));
    }
    return results;
  }

  private void execute(XfrmRequest request) throws NetlinkException, XfrmException {
    Optional<XfrmException> refused = batch(List.of(request)).get(0);
    if (refused.isPresent()) {
      throw refused.get();
    }
  }

  private void check(String operation, String object, Request request)
      throws NetlinkException, XfrmException {
    Answer answer = connection.execute(request);
    if (answer.error().isPresent()) {
      throw new XfrmException(operation, object, answer.error().get(), "");
    }
  }

  private Optional<NetlinkMessage> get(String operation, String object, Request request)
      throws NetlinkException, XfrmException {
    Answer answer = connection.execute(request);
    if (answer.error().isPresent()) {
      int errno = answer.error().get().errno();
      if (errno == Errno.ESRCH || errno == Errno.ENOENT) {
        return Optional.empty();
      }
      throw new XfrmException(operation, object, answer.error().get(), "");
    }
    return answer.replies().stream().findFirst();
  }

  private List<NetlinkMessage> dump(String what, int type) throws NetlinkException, XfrmException {
    Answer answer = connection.dump(new Request(type, 0, new byte[0]));
    if (answer.error().isPresent()) {
      throw new XfrmException("list", what, answer.error().get(), "");
    }
    return answer.replies();
  }

  private static XfrmException refusal(XfrmRequest request, KernelError error) {
    return new XfrmException(
        request.operation(), request.object(), error, AttributeNames.of(request, error));
  }

  @Override
  public void close() {
    connection.close();
  }
}
