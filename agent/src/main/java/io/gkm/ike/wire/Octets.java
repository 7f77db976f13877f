package io.gkm.ike.wire;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable octet string, equal by content. Not for secrets: {@link #toString} shows the first
 * octets.
 */
public final class Octets {
  /** The octet string of length zero. */
  public static final Octets EMPTY = new Octets(new byte[0]);

  private static final int SHOWN = 16;

  private final byte[] value;

  private Octets(byte[] value) {
    this.value = value;
  }

  /** A copy of the array. */
  public static Octets of(byte... octets) {
    return octets.length == 0 ? EMPTY : new Octets(octets.clone());
  }

  /** A copy of {@code octets[from .. to)}. */
  public static Octets copyOf(byte[] octets, int from, int to) {
    Objects.checkFromToIndex(from, to, octets.length);
    return from == to ? EMPTY : new Octets(Arrays.copyOfRange(octets, from, to));
  }

  /** The octets written in hexadecimal digits without separators. */
  public static Octets ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** The low 16 bits of the value as 2 octets, big-endian. */
  public static Octets ofU16(int value) {
    return new Octets(new byte[] {(byte) (value >>> 8), (byte) value});
  }

  /** The low 32 bits of the value as 4 octets, big-endian. */
  public static Octets ofU32(long value) {
    return new ByteWriter().u32(value & 0xffff_ffffL).toOctets();
  }

  public int size() {
    return value.length;
  }

  public boolean isEmpty() {
    return value.length == 0;
  }

  /** The octet at the index as 0 to 255. */
  public int get(int index) {
    return value[index] & 0xff;
  }

  /** The octets {@code from .. to)}. */
  public Octets slice(int from, int to) {
    return copyOf(value, from, to);
  }

  /** A fresh array with the octets. */
  public byte[] toByteArray() {
    return value.clone();
  }

  /** Whether all octets are zero (also true of the empty string). */
  public boolean isZero() {
    for (byte b : value) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The octets as an unsigned big-endian integer.
   *
   * @throws IllegalStateException if the value does not fit a non-negative {@code long}
   */
  public long toLong() {
    long result = 0;
    for (byte b : value) {
      if (result > Long.MAX_VALUE >> 8) {
        throw new IllegalStateException("more than 63 bits: " + this);
      }
      result = result << 8 | (b & 0xff);
    }
    return result;
  }

  /** Compares as unsigned big-endian numbers of equal length, shorter strings first. */
  public int compareUnsigned(Octets other) {
    if (value.length != other.value.length) {
      return Integer.compare(value.length, other.value.length);
    }
    return Arrays.compareUnsigned(value, other.value);
  }

  /** All octets in hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().formatHex(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets octets && Arrays.equals(value, octets.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** Hexadecimal digits of at most the first 16 octets, and the length if there are more. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return value.length <= SHOWN
        ? hex.formatHex(value)
        : hex.formatHex(value, 0, SHOWN) + "..(" + value.length + " octets)";
  }

  /** Appends the octets without another copy. */
  void writeTo(ByteWriter out) {
    out.bytes(value);
  }
}
