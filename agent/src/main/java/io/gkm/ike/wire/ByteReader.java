package io.gkm.ike.wire;

import java.util.Objects;

/**
 * Reads big-endian fields from a range of an array. Each read names its field, so that a read
 * beyond the range becomes a {@link WireException} with that name and the absolute offset.
 */
public final class ByteReader {
  private final byte[] data;
  private final int base;
  private final int end;
  private int position;

  /** Reads all of the array, whose first octet has offset 0. */
  public ByteReader(byte[] data) {
    this(data, 0);
  }

  /** Reads all of the array, whose first octet has the given absolute offset. */
  public ByteReader(byte[] data, int baseOffset) {
    this(data, 0, data.length, baseOffset);
  }

  private ByteReader(byte[] data, int from, int to, int base) {
    Objects.checkFromToIndex(from, to, data.length);
    this.data = data;
    this.position = from;
    this.end = to;
    this.base = base;
  }

  /** The absolute offset of the next octet. */
  public int offset() {
    return base + position;
  }

  public int remaining() {
    return end - position;
  }

  public boolean hasRemaining() {
    return position < end;
  }

  public int u8(String field) throws WireException {
    need(1, field);
    return data[position++] & 0xff;
  }

  public int u16(String field) throws WireException {
    need(2, field);
    return u8(field) << 8 | u8(field);
  }

  public long u32(String field) throws WireException {
    need(4, field);
    return (long) u16(field) << 16 | u16(field);
  }

  /** 8 octets as the bits of a {@code long}. */
  public long u64(String field) throws WireException {
    need(8, field);
    return u32(field) << 32 | u32(field);
  }

  public Octets octets(int count, String field) throws WireException {
    need(count, field);
    Octets result = Octets.copyOf(data, position, position + count);
    position += count;
    return result;
  }

  /** Everything that is left. */
  public Octets rest() {
    Octets result = Octets.copyOf(data, position, end);
    position = end;
    return result;
  }

  public void skip(int count, String field) throws WireException {
    need(count, field);
    position += count;
  }

  /** A reader of the next octets, which this reader then has passed. */
  public ByteReader slice(int count, String field) throws WireException {
    need(count, field);
    ByteReader result = new ByteReader(data, position, position + count, base);
    position += count;
    return result;
  }

  /** Refuses octets after the last field of a structure. */
  public void expectEnd(String structure) throws WireException {
    if (hasRemaining()) {
      throw error(structure, remaining() + " octets after the end");
    }
  }

  /** An error about the next octet. */
  public WireException error(String field, String problem) {
    return new WireException(field, offset(), problem);
  }

  /** An error about an octet already read, {@code back} octets before the next one. */
  public WireException errorAt(int back, String field, String problem) {
    return new WireException(field, offset() - back, problem);
  }

  private void need(int count, String field) throws WireException {
    if (count < 0 || count > remaining()) {
      throw error(field, "needs " + count + " octets, " + remaining() + " left");
    }
  }
}
