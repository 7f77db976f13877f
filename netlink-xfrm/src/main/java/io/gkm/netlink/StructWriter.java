package io.gkm.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes C structs and netlink attributes in the machine's byte order, into memory that system
 * calls can read. What it wrote may hold keys: it overwrites the memory that it outgrows, what is
 * cut off, and everything when it is cleared or closed.
 *
 * <p>What is behind the last octet written is always zero, so zeros cost nothing.
 *
 * <p>A value that does not fit its field is refused (IllegalArgumentException), never cut.
 */
public final class StructWriter implements AutoCloseable {
  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private ByteBuffer out;
  private ByteBuffer view;

  public StructWriter() {
    this(1024);
  }

  public StructWriter(int capacity) {
    use(memory(capacity));
  }

  private void use(ByteBuffer memory) {
    out = memory;
    view = memory.duplicate().order(ByteOrder.nativeOrder());
  }

  private static ByteBuffer memory(int capacity) {
    return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
  }

  /** Octets written so far. */
  public int size() {
    return out.position();
  }

  public StructWriter u8(int value) {
    check(value, 0xff);
    room(1);
    out.put((byte) value);
    return this;
  }

  public StructWriter u16(int value) {
    check(value, 0xffff);
    room(2);
    out.putShort((short) value);
    return this;
  }

  /** 16 bits in network byte order. */
  public StructWriter be16(int value) {
    check(value, 0xffff);
    room(2);
    out.putShort(LITTLE ? Short.reverseBytes((short) value) : (short) value);
    return this;
  }

  /** 32 bits; an int of either sign is taken as it is. */
  public StructWriter u32(long value) {
    if (value < Integer.MIN_VALUE || value > 0xffffffffL) {
      throw refusal(value, 0xffffffffL);
    }
    room(4);
    out.putInt((int) value);
    return this;
  }

  /** 32 bits in network byte order. */
  public StructWriter be32(int value) {
    room(4);
    out.putInt(LITTLE ? Integer.reverseBytes(value) : value);
    return this;
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
    room(count);
    out.position(out.position() + count);
    return this;
  }

  /** A string in a field of fixed length, at least one zero behind it. One octet per character. */
  public StructWriter text(String text, int length) {
    if (text.length() >= length || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("'" + text + "' does not fit " + length + " octets");
    }
    room(length);
    for (int i = 0; i < text.length(); i++) {
      out.put((byte) check(text.charAt(i), 0xff));
    }
    return zeros(length - text.length());
  }

  /** All of a string, one octet per character. */
  public StructWriter text(String text) {
    return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Begins an attribute (struct nlattr): length(2), type(2), content, padding to four octets.
   *
   * @return what {@link #endAttribute} wants
   */
  public int beginAttribute(int type) {
    int start = size();
    u16(0).u16(type);
    return start;
  }

  public StructWriter endAttribute(int start) {
    int length = size() - start;
    out.putShort(start, (short) check(length, 0xffff));
    return zeros(NetlinkMessage.align(length) - length);
  }

  /** Overwrites 32 bits that were written before. */
  void patch(int at, int value) {
    out.putInt(at, value);
  }

  /** Overwrites 16 bits that were written before. */
  void patch16(int at, int value) {
    out.putShort(at, (short) check(value, 0xffff));
  }

  /** Takes back what was written behind this size. */
  public void truncate(int size) {
    int end = size();
    for (int i = size; i < end; i++) {
      out.put(i, (byte) 0);
    }
    out.position(size);
  }

  /**
   * A view of what was written, good until the next write. It is the same buffer again and again as
   * long as the memory is, so that whoever sends it can keep what it knows of it.
   */
  public ByteBuffer view() {
    return view.clear().limit(size());
  }

  /** A reader of what was written, good until the next write. */
  public StructReader reader() {
    return StructReader.of(view());
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    byte[] bytes = new byte[size()];
    out.duplicate().flip().get(bytes);
    return bytes;
  }

  /** Overwrites everything and begins anew. */
  public void clear() {
    Wiping.wipe(out, out.position());
    out.clear();
  }

  @Override
  public void close() {
    clear();
  }

  private static int check(int value, int max) {
    if (value < 0 || value > max) {
      throw refusal(value, max);
    }
    return value;
  }

  private static IllegalArgumentException refusal(long value, long max) {
    return new IllegalArgumentException(value + " is not between 0 and " + max);
  }

  // Short, so that it becomes a part of its callers; the rare rest is apart.
  private void room(int length) {
    if (out.remaining() < length) {
      grow(length);
    }
  }

  private void grow(int length) {
    ByteBuffer larger = memory(Math.max(out.capacity() * 2, out.position() + length));
    int size = out.position();
    larger.put(out.flip());
    Wiping.wipe(out, size);
    use(larger);
  }
}
