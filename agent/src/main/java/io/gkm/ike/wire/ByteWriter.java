package io.gkm.ike.wire;

import java.util.Arrays;

/**
 * Appends big-endian fields to a growing array. A value that does not fit its field is an {@link
 * IllegalArgumentException}.
 */
public final class ByteWriter {
  private byte[] data = new byte[256];
  private int size;

  public int size() {
    return size;
  }

  public ByteWriter u8(int value) {
    check(value, 0xff);
    reserve(1);
    data[size++] = (byte) value;
    return this;
  }

  public ByteWriter u16(int value) {
    check(value, 0xffff);
    return u8(value >>> 8).u8(value & 0xff);
  }

  public ByteWriter u32(long value) {
    check(value, 0xffff_ffffL);
    return u16((int) (value >>> 16)).u16((int) value & 0xffff);
  }

  /** All 64 bits of the value. */
  public ByteWriter u64(long value) {
    return u32(value >>> 32).u32(value & 0xffff_ffffL);
  }

  public ByteWriter octets(Octets octets) {
    octets.writeTo(this);
    return this;
  }

  public ByteWriter bytes(byte[] octets) {
    reserve(octets.length);
    System.arraycopy(octets, 0, data, size, octets.length);
    size += octets.length;
    return this;
  }

  public ByteWriter zeros(int count) {
    return bytes(new byte[count]);
  }

  /** Overwrites two octets already written, such as a length known only later. */
  public ByteWriter patchU16(int at, int value) {
    check(value, 0xffff);
    if (at < 0 || at + 2 > size) {
      throw new IndexOutOfBoundsException(at);
    }
    data[at] = (byte) (value >>> 8);
    data[at + 1] = (byte) value;
    return this;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(data, size);
  }

  public Octets toOctets() {
    return Octets.copyOf(data, 0, size);
  }

  private static void check(long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(value + " does not fit 0.." + max);
    }
  }

  private void reserve(int count) {
    int needed = Math.addExact(size, count);
    if (needed > data.length) {
      data = Arrays.copyOf(data, Math.max(needed, data.length * 2));
    }
  }
}
