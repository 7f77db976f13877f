package io.gkm.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes C structs and netlink attributes in the machine's byte order. What it wrote may hold keys:
 * it overwrites the buffers that it outgrows, and the last one when it is closed.
 */
public final class StructWriter implements AutoCloseable {
  private ByteBuffer out = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());

  public int size() {
    return out.position();
  }

  public StructWriter u8(int value) {
    room(1);
    out.put((byte) value);
    return this;
  }

  public StructWriter u16(int value) {
    room(2);
    out.putShort((short) value);
    return this;
  }

  /** 16 bits in network byte order. */
  public StructWriter be16(int value) {
    return u8(value >>> 8).u8(value);
  }

  public StructWriter u32(long value) {
    room(4);
    out.putInt((int) value);
    return this;
  }

  /** 32 bits in network byte order. */
  public StructWriter be32(int value) {
    return be16(value >>> 16).be16(value);
  }

  public StructWriter u64(long value) {
    room(8);
    out.putLong(value);
    return this;
  }

  public StructWriter bytes(byte[] bytes) {
    room(bytes.length);
    out.put(bytes);
    return this;
  }

  public StructWriter zeros(int count) {
    return bytes(new byte[count]);
  }

  /** A string in a field of fixed length, zeros behind it. */
  public StructWriter text(String text, int length) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= length) {
      throw new IllegalArgumentException("'" + text + "' does not fit " + length + " octets");
    }
    return bytes(bytes).zeros(length - bytes.length);
  }

  /** An attribute (struct nlattr): length(2), type(2), content, padding to four octets. */
  public StructWriter attribute(int type, Runnable content) {
    int start = size();
    u16(0).u16(type);
    content.run();
    int length = size() - start;
    if (length > 0xffff) {
      throw new IllegalArgumentException("attribute of " + length + " octets");
    }
    out.putShort(start, (short) length);
    return zeros(NetlinkMessage.align(length) - length);
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(out.array(), size());
  }

  @Override
  public void close() {
    Arrays.fill(out.array(), (byte) 0);
  }

  private void room(int length) {
    if (out.remaining() < length) {
      byte[] old = out.array();
      ByteBuffer larger = ByteBuffer.allocate(Math.max(old.length * 2, out.position() + length));
      larger.order(ByteOrder.nativeOrder()).put(old, 0, out.position());
      Arrays.fill(old, (byte) 0);
      out = larger;
    }
  }
}
