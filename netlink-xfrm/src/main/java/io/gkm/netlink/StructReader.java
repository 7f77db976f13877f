package io.gkm.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads fields of C structs in the machine's byte order; each read checks the bounds. */
public final class StructReader {
  private final ByteBuffer in;

  private StructReader(ByteBuffer in) {
    this.in = in;
  }

  public static StructReader of(byte[] octets) {
    return new StructReader(ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder()));
  }

  public int remaining() {
    return in.remaining();
  }

  public int u8(String field) throws NetlinkCodecException {
    need(field, 1);
    return in.get() & 0xff;
  }

  public int u16(String field) throws NetlinkCodecException {
    need(field, 2);
    return in.getShort() & 0xffff;
  }

  /** 16 bits in network byte order. */
  public int be16(String field) throws NetlinkCodecException {
    int high = u8(field);
    return (high << 8) | u8(field);
  }

  public int s32(String field) throws NetlinkCodecException {
    need(field, 4);
    return in.getInt();
  }

  public long u32(String field) throws NetlinkCodecException {
    return s32(field) & 0xffffffffL;
  }

  /** 32 bits in network byte order, as they are. */
  public int be32(String field) throws NetlinkCodecException {
    int high = be16(field);
    return (high << 16) | be16(field);
  }

  /** 64 bits as they are: the greatest value is -1. */
  public long u64(String field) throws NetlinkCodecException {
    need(field, 8);
    return in.getLong();
  }

  public byte[] bytes(String field, int length) throws NetlinkCodecException {
    need(field, length);
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /** A string of a fixed field, up to its first zero. */
  public String text(String field, int length) throws NetlinkCodecException {
    byte[] bytes = bytes(field, length);
    int end = 0;
    while (end < length && bytes[end] != 0) {
      end++;
    }
    return new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8);
  }

  public void skip(String field, int length) throws NetlinkCodecException {
    need(field, length);
    in.position(in.position() + length);
  }

  private void need(String field, int length) throws NetlinkCodecException {
    if (length < 0 || length > in.remaining()) {
      throw new NetlinkCodecException(
          field, "needs " + length + " octets, " + in.remaining() + " are left");
    }
  }
}
