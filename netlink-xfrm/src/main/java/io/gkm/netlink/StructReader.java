package io.gkm.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads fields of C structs in the machine's byte order; each read checks the bounds. It reads in
 * place: what it reads from must not change meanwhile.
 */
public final class StructReader {
  private final ByteBuffer in;
  private final int end;
  private int at;

  private StructReader(ByteBuffer in, int at, int end) {
    this.in = in;
    this.at = at;
    this.end = end;
  }

  public static StructReader of(byte[] octets) {
    return of(ByteBuffer.wrap(octets));
  }

  /** Reads what is between the buffer's position and its limit, and leaves both alone. */
  public static StructReader of(ByteBuffer octets) {
    ByteOrder machine = ByteOrder.nativeOrder();
    ByteBuffer in = octets.order() == machine ? octets : octets.duplicate().order(machine);
    return new StructReader(in, octets.position(), octets.limit());
  }

  public int remaining() {
    return end - at;
  }

  /** Where the next read begins, in octets from the start of the datagram. */
  public int offset() {
    return at;
  }

  public int u8(String field) throws NetlinkCodecException {
    return in.get(take(field, 1)) & 0xff;
  }

  public int u16(String field) throws NetlinkCodecException {
    return in.getShort(take(field, 2)) & 0xffff;
  }

  /** 16 bits in network byte order. */
  public int be16(String field) throws NetlinkCodecException {
    int start = take(field, 2);
    return (in.get(start) & 0xff) << 8 | (in.get(start + 1) & 0xff);
  }

  public int s32(String field) throws NetlinkCodecException {
    return in.getInt(take(field, 4));
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
    return in.getLong(take(field, 8));
  }

  public byte[] bytes(String field, int length) throws NetlinkCodecException {
    int start = take(field, length);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = in.get(start + i);
    }
    return bytes;
  }

  /** A string of a fixed field, up to its first zero, which must be there. */
  public String text(String field, int length) throws NetlinkCodecException {
    int start = take(field, length);
    int stop = start;
    while (stop < start + length && in.get(stop) != 0) {
      stop++;
    }
    if (stop == start + length) {
      throw new NetlinkCodecException(field, start, "does not end with a zero");
    }
    return latin(start, stop - start);
  }

  /** A string that ends where its field ends, with or without zeros behind it. */
  public String openText(String field, int length) throws NetlinkCodecException {
    int start = take(field, length);
    int stop = start + length;
    while (stop > start && in.get(stop - 1) == 0) {
      stop--;
    }
    return latin(start, stop - start);
  }

  /** All octets of a field as characters. */
  public String latin(String field, int length) throws NetlinkCodecException {
    return latin(take(field, length), length);
  }

  private String latin(int start, int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = in.get(start + i);
    }
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  public void skip(String field, int length) throws NetlinkCodecException {
    take(field, length);
  }

  /** A reader of the next octets alone. */
  public StructReader slice(String field, int length) throws NetlinkCodecException {
    int start = take(field, length);
    return new StructReader(in, start, start + length);
  }

  /** A reader of the same octets, for those who want to look without reading on. */
  public StructReader copy() {
    return new StructReader(in, at, end);
  }

  /** Says that nothing may be left. */
  public void end(String field) throws NetlinkCodecException {
    if (remaining() > 0) {
      throw malformed(field, remaining() + " octets too many");
    }
  }

  /** An error of what was read last, or is read next. */
  public NetlinkCodecException malformed(String field, String problem) {
    return new NetlinkCodecException(field, at, problem);
  }

  private int take(String field, int length) throws NetlinkCodecException {
    if (length < 0 || length > end - at) {
      throw malformed(field, "needs " + length + " octets, " + (end - at) + " are left");
    }
    int start = at;
    at += length;
    return start;
  }
}
