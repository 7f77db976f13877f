package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.KernelError;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.StructWriter;
import io.gkm.netlink.xfrm.XfrmMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;

/** Datagrams from the kernel: replies, dumps, acknowledgements (linux/netlink.h) and events. */
final class Answers {
  /** Octets of one datagram of a dump, about; the kernel takes pages. */
  private static final int DUMP_DATAGRAM = 16 * 1024;

  private static final int ATTR_MSG = 1;
  private static final int ATTR_OFFS = 2;
  private static final int ATTR_MISS_TYPE = 5;
  private static final int ATTR_MISS_NEST = 6;

  private Answers() {}

  /** One message on its own. */
  static ByteBuffer message(XfrmMessage message, Origin origin) {
    try (StructWriter out = new StructWriter()) {
      append(out, message, 0, origin);
      return copy(out);
    }
  }

  /** A dump with its end, to a port. */
  static void dump(List<? extends XfrmMessage> messages, Origin origin, ClientPort port) {
    try (StructWriter out = new StructWriter()) {
      for (XfrmMessage message : messages) {
        append(out, message, NetlinkMessage.F_MULTI, origin);
        if (out.size() > DUMP_DATAGRAM) {
          port.deliver(copy(out));
          out.clear();
        }
      }
      if (out.size() > 0) {
        port.deliver(copy(out));
      }
    }
    port.deliver(done(origin));
  }

  private static ByteBuffer done(Origin origin) {
    try (StructWriter out = new StructWriter()) {
      int start = begin(out, NetlinkMessage.DONE, NetlinkMessage.F_MULTI, origin);
      out.u32(0);
      NetlinkMessage.end(out, start);
      return copy(out);
    }
  }

  /** The end of a dump that could not begin. */
  static ByteBuffer failedDump(KernelError error, Origin origin) {
    int flags = NetlinkMessage.F_MULTI;
    if (hasAttributes(error)) {
      flags |= NetlinkMessage.F_ACK_TLVS;
    }
    try (StructWriter out = new StructWriter()) {
      int start = begin(out, NetlinkMessage.DONE, flags, origin);
      out.u32(-error.errno());
      attributes(out, error);
      NetlinkMessage.end(out, start);
      return copy(out);
    }
  }

  /** The acknowledgement of what was done. */
  static ByteBuffer ack(NetlinkMessage request, int portId) {
    return error(request, KernelError.of(0), portId);
  }

  /** Why a request was refused; its header is there, its payload is not (NETLINK_CAP_ACK). */
  static ByteBuffer error(NetlinkMessage request, KernelError error, int portId) {
    int flags = NetlinkMessage.F_CAPPED;
    if (hasAttributes(error)) {
      flags |= NetlinkMessage.F_ACK_TLVS;
    }
    try (StructWriter out = new StructWriter()) {
      Origin origin = new Origin(portId, request.sequence());
      int start = begin(out, NetlinkMessage.ERROR, flags, origin);
      out.u32(-error.errno());
      out.u32(NetlinkMessage.HEADER + request.payload().remaining());
      out.u16(request.type()).u16(request.flags());
      out.u32(request.sequence()).u32(request.portId());
      attributes(out, error);
      NetlinkMessage.end(out, start);
      return copy(out);
    }
  }

  private static boolean hasAttributes(KernelError error) {
    return error.message().isPresent()
        || error.offset().isPresent()
        || error.missingType().isPresent()
        || error.missingNest().isPresent();
  }

  private static void attributes(StructWriter out, KernelError error) {
    if (error.message().isPresent()) {
      int start = out.beginAttribute(ATTR_MSG);
      out.text(error.message().get()).u8(0).endAttribute(start);
    }
    number(out, ATTR_OFFS, error.offset());
    number(out, ATTR_MISS_TYPE, error.missingType());
    number(out, ATTR_MISS_NEST, error.missingNest());
  }

  private static void number(StructWriter out, int type, OptionalInt value) {
    if (value.isPresent()) {
      int start = out.beginAttribute(type);
      out.u32(value.getAsInt()).endAttribute(start);
    }
  }

  private static void append(StructWriter out, XfrmMessage message, int flags, Origin origin) {
    int start = begin(out, message.typeNumber(), flags, origin);
    message.encode(out);
    NetlinkMessage.end(out, start);
  }

  private static int begin(StructWriter out, int type, int flags, Origin origin) {
    return NetlinkMessage.begin(out, type, flags, origin.sequence(), origin.portId());
  }

  private static ByteBuffer copy(StructWriter out) {
    return ByteBuffer.wrap(out.toBytes());
  }
}
