package io.gkm.netlink;

import java.nio.ByteBuffer;
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
  private final List<ByteBuffer> handedOver = new ArrayList<>();
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
  public void deliver(byte[]... messages) {
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
  public void send(ByteBuffer datagram) throws NetlinkException {
    handedOver.add(datagram);
    byte[] copy = new byte[datagram.remaining()];
    datagram.duplicate().get(copy);
    sent.add(copy);
    if (steps.isEmpty()) {
      throw new AssertionError("send number " + sent.size() + " is not in the script");
    }
    steps.remove().accept(messages(copy));
  }

  /** The messages of a datagram. */
  public static List<NetlinkMessage> messages(byte[] datagram) throws NetlinkCodecException {
    List<NetlinkMessage> messages = new ArrayList<>();
    StructReader in = StructReader.of(datagram);
    while (in.remaining() > 0) {
      messages.add(NetlinkMessage.decode(in));
    }
    return messages;
  }

  @Override
  public ByteBuffer receive() throws NetlinkException {
    Object next = queue.poll();
    if (next instanceof NetlinkException failure) {
      throw failure;
    }
    if (next == null) {
      throw new NetlinkException("netlink receive", Errno.EAGAIN);
    }
    byte[] datagram = (byte[]) next;
    delivered.add(datagram);
    return ByteBuffer.wrap(datagram);
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

  /** What is now in the memory that was given to send. */
  public List<byte[]> handedOver() {
    return handedOver.stream().map(ScriptedKernel::octets).toList();
  }

  /** The very arrays that receive returned. */
  public List<byte[]> delivered() {
    return delivered;
  }

  private static byte[] octets(ByteBuffer buffer) {
    byte[] octets = new byte[buffer.remaining()];
    buffer.duplicate().get(octets);
    return octets;
  }

  public static byte[] datagram(byte[]... messages) {
    try (StructWriter out = new StructWriter()) {
      for (byte[] message : messages) {
        out.bytes(message);
      }
      return out.toBytes();
    }
  }

  /** A request's header, as if this had been sent. */
  public static NetlinkMessage header(int type, int sequence, int portId) {
    return new NetlinkMessage(type, 0, sequence, portId, StructReader.of(new byte[0]));
  }

  /** A message of a dump or get, as the answer to this request. */
  public static byte[] reply(NetlinkMessage request, int type, byte[] payload) {
    return answer(request, type, NetlinkMessage.F_MULTI, payload);
  }

  private static byte[] answer(NetlinkMessage request, int type, int flags, byte[] payload) {
    try (StructWriter out = new StructWriter()) {
      int start = NetlinkMessage.begin(out, type, flags, request.sequence(), request.portId());
      out.bytes(payload);
      NetlinkMessage.end(out, start);
      return out.toBytes();
    }
  }

  public static byte[] ack(NetlinkMessage request) {
    return error(request, 0);
  }

  /** NLMSG_ERROR as with NETLINK_CAP_ACK: the request's header without its payload. */
  public static byte[] error(NetlinkMessage request, int errno) {
    return error(request, errno, "", OptionalInt.empty(), OptionalInt.empty());
  }

  /** NLMSG_ERROR as with NETLINK_EXT_ACK: the words, the offset and the missing type after it. */
  public static byte[] error(
      NetlinkMessage request, int errno, String text, OptionalInt offset, OptionalInt missing) {
    return error(request, errno, text, offset, missing, OptionalInt.empty());
  }

  /** As before, with the offset of the attribute in which one is missing. */
  public static byte[] error(
      NetlinkMessage request,
      int errno,
      String text,
      OptionalInt offset,
      OptionalInt missing,
      OptionalInt nest) {
    int flags = NetlinkMessage.F_CAPPED;
    try (StructWriter out = new StructWriter()) {
      out.u32(-errno).u32(NetlinkMessage.HEADER).u16(request.type()).u16(0);
      out.u32(request.sequence()).u32(request.portId());
      int plain = out.size();
      if (!text.isEmpty()) {
        int start = out.beginAttribute(1);
        out.text(text).u8(0).endAttribute(start);
      }
      number(out, 2, offset);
      number(out, 5, missing);
      number(out, 6, nest);
      if (out.size() > plain) {
        flags |= NetlinkMessage.F_ACK_TLVS;
      }
      return answer(request, NetlinkMessage.ERROR, flags, out.toBytes());
    }
  }

  private static void number(StructWriter out, int type, OptionalInt value) {
    if (value.isPresent()) {
      int start = out.beginAttribute(type);
      out.u32(value.getAsInt()).endAttribute(start);
    }
  }

  /** NLMSG_DONE, whose payload is 0 or a negative error number. */
  public static byte[] done(NetlinkMessage request, int extraFlags, int errno) {
    try (StructWriter out = new StructWriter()) {
      out.u32(-errno);
      return answer(
          request, NetlinkMessage.DONE, NetlinkMessage.F_MULTI | extraFlags, out.toBytes());
    }
  }
}
