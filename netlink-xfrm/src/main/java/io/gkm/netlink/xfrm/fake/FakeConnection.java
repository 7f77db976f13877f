package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import io.gkm.netlink.xfrm.XfrmMessage;
import io.gkm.netlink.xfrm.XfrmMessageType;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * One client's socket: answers are there as soon as the requests are sent. An error always answers,
 * success where NLM_F_ACK asks for it, both without the request (NETLINK_CAP_ACK).
 */
final class FakeConnection implements NetlinkTransport {
  private static final int ATTR_MSG = 1;

  /** A dump fills datagrams of this size, as the kernel's do. */
  private static final int DUMP_DATAGRAM = 8192;

  private final FakeServer server;
  private final int portId;
  private final Queue<ByteBuffer> answers = new ArrayDeque<>();
  private boolean closed;

  FakeConnection(FakeServer server, int portId) {
    this.server = server;
    this.portId = portId;
  }

  @Override
  public int portId() {
    return portId;
  }

  @Override
  public synchronized void send(ByteBuffer datagram) throws NetlinkException {
    checkOpen();
    StructReader in = StructReader.of(datagram);
    while (in.remaining() > 0) {
      answer(NetlinkMessage.decode(in));
    }
  }

  private void answer(NetlinkMessage request) {
    // Only a get can be a dump: F_DUMP has the bits of F_REPLACE and F_EXCL.
    Optional<XfrmMessageType> type = XfrmMessageType.of(request.type());
    boolean dump =
        request.has(NetlinkMessage.F_DUMP)
            && (type.equals(Optional.of(XfrmMessageType.GETSA))
                || type.equals(Optional.of(XfrmMessageType.GETPOLICY)));
    try {
      if (type.isEmpty()) {
        throw Refusal.invalid("");
      }
      List<XfrmMessage> replies = carryOut(type.get(), dump, request.payload());
      if (dump) {
        sendDump(request, replies);
      } else {
        replies.forEach(reply -> sendReply(request, reply));
        if (request.has(NetlinkMessage.F_ACK)) {
          sendAnswer(request, 0, "");
        }
      }
    } catch (Refusal e) {
      sendAnswer(request, e.errno(), e.getMessage());
    }
  }

  private List<XfrmMessage> carryOut(XfrmMessageType type, boolean dump, StructReader payload)
      throws Refusal {
    XfrmMessage message;
    try {
      message = XfrmMessage.decode(type, dump, payload);
    } catch (NetlinkCodecException e) {
      Refusal malformed = Refusal.invalid(e.getMessage());
      malformed.initCause(e);
      throw malformed;
    }
    return server.carryOut(message);
  }

  private void sendDump(NetlinkMessage request, List<XfrmMessage> replies) {
    StructWriter out = new StructWriter();
    for (XfrmMessage reply : replies) {
      append(out, request, reply, NetlinkMessage.F_MULTI);
      if (out.size() > DUMP_DATAGRAM) {
        flush(out);
      }
    }
    int start =
        NetlinkMessage.begin(
            out, NetlinkMessage.DONE, NetlinkMessage.F_MULTI, request.sequence(), portId);
    out.u32(0);
    NetlinkMessage.end(out, start);
    flush(out);
  }

  private void sendReply(NetlinkMessage request, XfrmMessage reply) {
    StructWriter out = new StructWriter();
    append(out, request, reply, 0);
    flush(out);
  }

  private void append(StructWriter out, NetlinkMessage request, XfrmMessage reply, int flags) {
    int start = NetlinkMessage.begin(out, reply.typeNumber(), flags, request.sequence(), portId);
    reply.encode(out);
    NetlinkMessage.end(out, start);
  }

  private void sendAnswer(NetlinkMessage request, int errno, String text) {
    StructWriter out = new StructWriter();
    int flags = NetlinkMessage.F_CAPPED | (text.isEmpty() ? 0 : NetlinkMessage.F_ACK_TLVS);
    int start = NetlinkMessage.begin(out, NetlinkMessage.ERROR, flags, request.sequence(), portId);
    out.u32(-errno).u32(NetlinkMessage.HEADER).u16(request.type()).u16(request.flags());
    out.u32(request.sequence()).u32(request.portId());
    if (!text.isEmpty()) {
      int attribute = out.beginAttribute(ATTR_MSG);
      out.text(text).u8(0).endAttribute(attribute);
    }
    NetlinkMessage.end(out, start);
    flush(out);
  }

  private void flush(StructWriter out) {
    answers.add(ByteBuffer.wrap(out.toBytes()));
    out.clear();
  }

  @Override
  public synchronized ByteBuffer receive() throws NetlinkException {
    checkOpen();
    ByteBuffer next = answers.poll();
    if (next == null) {
      throw new NetlinkException("the fake kernel has no answer", Errno.EAGAIN);
    }
    return next;
  }

  private void checkOpen() throws NetlinkException {
    if (closed) {
      throw new NetlinkException("the netlink socket is closed", Errno.EBADF);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    answers.clear();
  }
}
