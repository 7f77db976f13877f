package io.gkm.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A netlink message (struct nlmsghdr of linux/netlink.h): length(4), type(2), flags(2), sequence
 * number(4), port id(4), all in the machine's byte order, then the payload.
 */
public final class NetlinkMessage {
  /** NLMSG_ERROR: an acknowledgement. */
  public static final int ERROR = 2;

  /** NLMSG_DONE: the end of a dump. */
  public static final int DONE = 3;

  public static final int F_REQUEST = 1;
  public static final int F_MULTI = 2;
  public static final int F_ACK = 4;
  public static final int F_DUMP_INTR = 0x10;
  public static final int F_DUMP = 0x300;
  public static final int F_REPLACE = 0x100;
  public static final int F_EXCL = 0x200;
  public static final int F_CREATE = 0x400;

  /** On an acknowledgement: the request's payload is not in it. */
  public static final int F_CAPPED = 0x100;

  /** On an acknowledgement: attributes follow. */
  public static final int F_ACK_TLVS = 0x200;

  static final int HEADER = 16;

  private final int type;
  private final int flags;
  private final int sequence;
  private final int portId;
  private final byte[] payload;

  /**
   * @param payload taken over, not copied
   */
  public NetlinkMessage(int type, int flags, int sequence, int portId, byte[] payload) {
    this.type = type;
    this.flags = flags;
    this.sequence = sequence;
    this.portId = portId;
    this.payload = payload;
  }

  public int type() {
    return type;
  }

  public int sequence() {
    return sequence;
  }

  public int portId() {
    return portId;
  }

  public boolean has(int flag) {
    return (flags & flag) == flag;
  }

  /** A reader of the payload. */
  public StructReader reader() {
    return StructReader.of(payload);
  }

  /** Overwrites the payload, which may hold keys. */
  public void wipe() {
    Arrays.fill(payload, (byte) 0);
  }

  /** The message's octets, padded to a multiple of four. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(align(HEADER + payload.length));
    out.order(ByteOrder.nativeOrder());
    out.putInt(HEADER + payload.length).putShort((short) type).putShort((short) flags);
    out.putInt(sequence).putInt(portId).put(payload);
    return out.array();
  }

  /** The messages of a datagram; what follows the last whole one is refused. */
  public static List<NetlinkMessage> decode(byte[] datagram) throws NetlinkCodecException {
    List<NetlinkMessage> messages = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
    int at = 0;
    while (at < datagram.length) {
      if (datagram.length - at < HEADER) {
        throw new NetlinkCodecException("nlmsghdr", (datagram.length - at) + " octets are left");
      }
      int length = in.getInt(at);
      if (length < HEADER || length > datagram.length - at) {
        throw new NetlinkCodecException("nlmsg_len", length + " at offset " + at);
      }
      messages.add(
          new NetlinkMessage(
              in.getShort(at + 4) & 0xffff,
              in.getShort(at + 6) & 0xffff,
              in.getInt(at + 8),
              in.getInt(at + 12),
              Arrays.copyOfRange(datagram, at + HEADER, at + length)));
      at += align(length);
    }
    return messages;
  }

  static int align(int length) {
    return (length + 3) & ~3;
  }

  @Override
  public String toString() {
    return "NetlinkMessage[type " + type + ", " + payload.length + " octets]";
  }
}
