package io.gkm.netlink;

import java.nio.ByteBuffer;

/** Overwrites memory that may have held keys. */
public final class Wiping {
  private Wiping() {}

  /** The first octets of a buffer, whatever its position and limit. */
  static void wipe(ByteBuffer buffer, int length) {
    buffer.clear();
    int at = 0;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      buffer.putLong(at, 0);
    }
    for (; at < length; at++) {
      buffer.put(at, (byte) 0);
    }
  }

  /** A whole datagram, between position 0 and the limit. */
  public static void wipe(ByteBuffer datagram) {
    wipe(datagram, datagram.limit());
  }
}
