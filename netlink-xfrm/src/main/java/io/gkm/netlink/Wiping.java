package io.gkm.netlink;

import java.nio.ByteBuffer;

/** Overwrites memory that may have held keys. */
public final class Wiping {
  private static final byte[] ZEROS = new byte[4096];

  private Wiping() {}

  /** The first octets of a buffer, whatever its position and limit. */
  static void wipe(ByteBuffer buffer, int length) {
    buffer.clear();
    for (int at = 0; at < length; at += ZEROS.length) {
      buffer.put(at, ZEROS, 0, Math.min(ZEROS.length, length - at));
    }
  }

  /** A whole datagram, between position 0 and the limit. */
  public static void wipe(ByteBuffer datagram) {
    wipe(datagram, datagram.limit());
  }
}
