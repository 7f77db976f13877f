package io.gkm.netlink;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A transport that answers by a script: each send takes the next step, which sees the requests and
 * queues datagrams or failures. With nothing queued a receive times out, as the socket's does.
 */
public final class ScriptedKernel implements NetlinkTransport {
  public static final int PORT = 0x4711;

  private final Deque<Consumer<List<NetlinkMessage>>> steps = new ArrayDeque<>();
  private final Deque<Object> queue = new ArrayDeque<>();
  private final List<byte[]> sent = new ArrayList<>();
  private final List<byte[]> handedOver = new ArrayList<>();
  private final List<byte[]> delivered = new ArrayList<>();
  private boolean closed;

  /** What to do at the next send that has no step yet. */
  public ScriptedKernel then(Consumer<List<NetlinkMessage>> step) {
    steps.add(step);
    return this;
  }

  /** A step that grants every request. */
  public ScriptedKernel thenGrant() {
    return then(requests -> requests.forEach(r -> deliver(ack(r))));
  }

  /** Queues one datagram of these messages. */
  public void deliver(NetlinkMessage... messages) {
    deliverRaw(datagram(messages));
  }

  public void deliverRaw(byte[] datagram) {
    queue.add(datagram);
  }

  /** Queues the failure of a receive. */
  public void fail(int errno) {
    queue.add(new NetlinkException("netlink receive", errno));
  }

  @Override
  public int portId() {
    return PORT;
  }

  @Override
  public void send(byte[] datagram) throws NetlinkException {
    handedOver.add(datagram);
    sent.add(datagram.clone());
    if (steps.isEmpty()) {
      throw new AssertionError("send number " + sent.size() + " is not in the script");
    }
    steps.remove().accept(NetlinkMessage.decode(datagram.clone()));
  }

  @Override
  public byte[] receive() throws NetlinkException {
    Object next = queue.poll();
    if (next instanceof NetlinkException failure) {
      throw failure;
    }
    if (next == null) {
      throw new NetlinkException("netlink receive", Errno.EAGAIN);
    }
    byte[] datagram = (byte[]) next;
    delivered.add(datagram);
    return datagram;
  }

  @Override
  public void close() {
    closed = true;
  }

  public boolean isClosed() {
    return closed;
  }

  /** Copies of what was sent, as it was then. */
  public List<byte[]> sent() {
    return sent;
  }

  /** The very arrays that were given to send. */
  public List<byte[]> handedOver() {
    return handedOver;
  }

  /** The very arrays that receive returned. */
  public List<byte[]> delivered() {
    return delivered;
  }

  public static byte[] datagram(NetlinkMessage... messages) {
    try (StructWriter out = new StructWriter()) {
      for (NetlinkMessage message : messages) {
        out.bytes(message.encode());
      }
      return out.toBytes();
    }
  }

  /** A message of a dump or get, as the answer to this request. */
  public static NetlinkMessage reply(NetlinkMessage request, int type, byte[] payload) {
    return new NetlinkMessage(
        type, NetlinkMessage.F_MULTI, request.sequence(), request.portId(), payload);
  }

  public static NetlinkMessage ack(NetlinkMessage request) {
    return error(request, 0);
  }

  /** NLMSG_ERROR as with NETLINK_CAP_ACK: the request's header without its payload. */
  public static NetlinkMessage error(NetlinkMessage request, int errno) {
    return error(request, errno, "", OptionalInt.empty(), OptionalInt.empty());
  }

  /** NLMSG_ERROR as with NETLINK_EXT_ACK: the words, the offset and the missing type after it. */
  public static NetlinkMessage error(
      NetlinkMessage request, int errno, String text, OptionalInt offset, OptionalInt missing) {
    int flags = NetlinkMessage.F_CAPPED;
    try (StructWriter out = new StructWriter()) {
      out.u32(-errno).u32(NetlinkMessage.HEADER).u16(request.type()).u16(0);
      out.u32(request.sequence()).u32(request.portId());
      if (!text.isEmpty()) {
        flags |= NetlinkMessage.F_ACK_TLVS;
        out.attribute(1, () -> out.bytes(text.getBytes(StandardCharsets.US_ASCII)).u8(0));
      }
      if (offset.isPresent()) {
        flags |= NetlinkMessage.F_ACK_TLVS;
        out.attribute(2, () -> out.u32(offset.getAsInt()));
      }
      if (missing.isPresent()) {
        flags |= NetlinkMessage.F_ACK_TLVS;
        out.attribute(5, () -> out.u32(missing.getAsInt()));
      }
      return new NetlinkMessage(
          NetlinkMessage.ERROR, flags, request.sequence(), request.portId(), out.toBytes());
    }
  }

  /** NLMSG_DONE, whose payload is 0 or a negative error number. */
  public static NetlinkMessage done(NetlinkMessage request, int extraFlags, int errno) {
    try (StructWriter out = new StructWriter()) {
      out.u32(-errno);
      return new NetlinkMessage(
          NetlinkMessage.DONE,
          NetlinkMessage.F_MULTI | extraFlags,
          request.sequence(),
          request.portId(),
          out.toBytes());
    }
  }
}
