package io.gkm.dataplane.iv;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * An ESP packet of an SA that is tried, as it comes out of the way for probes: IP header, ESP
 * header of the SA around it (SPI(4), sequence number(4); it encrypts nothing), IP header, ESP
 * header of the SA itself: SPI(4), sequence number(4), IV(8). All in network order.
 *
 * @param sequence 32 bits without sign
 * @param iv its first octet the most significant
 */
record ProbePacket(long sequence, long iv) {
  private static final int ESP = 50;
  private static final int OUTER_ESP = 8;
  private static final int INNER_ESP = 16;
  private static final int HEADER4 = 20;
  private static final int HEADER6 = 40;
  private static final int PROTOCOL4 = 9;
  private static final int DESTINATION4 = 16;
  private static final int PROTOCOL6 = 6;
  private static final int DESTINATION6 = 24;

  /** The mask of an SA that has sent it. */
  KernelIvs ivs() {
    return KernelIvs.seen(iv, sequence);
  }

  /**
   * Reads a packet; empty for one that is not of this SA, or too short: others may send to the
   * device too.
   *
   * @param way the address that probes are sent to, around the SA's packet
   * @param destination the SA's
   * @param spi the SA's
   */
  static Optional<ProbePacket> decode(
      ByteBuffer packet, InetAddress way, InetAddress destination, int spi) {
    int inner = espAt(packet, packet.position(), way);
    if (inner < 0) {
      return Optional.empty();
    }
    int esp = espAt(packet, inner + OUTER_ESP, destination);
    if (esp < 0 || packet.limit() - esp < INNER_ESP || packet.getInt(esp) != spi) {
      return Optional.empty();
    }
    return Optional.of(
        new ProbePacket(Integer.toUnsignedLong(packet.getInt(esp + 4)), packet.getLong(esp + 8)));
  }

  /** Where the ESP header begins in an IP packet to this address; negative: it is none. */
  private static int espAt(ByteBuffer packet, int at, InetAddress destination) {
    int left = packet.limit() - at;
    if (left < HEADER4) {
      return -1;
    }
    int first = packet.get(at) & 0xff;
    byte[] wanted = destination.getAddress();
    if (first >> 4 == 4) {
      int length = (first & 0xf) * 4;
      boolean ours =
          length >= HEADER4
              && left >= length
              && packet.get(at + PROTOCOL4) == ESP
              && isAt(packet, at + DESTINATION4, wanted, 4);
      return ours ? at + length : -1;
    }
    boolean ours =
        first >> 4 == 6
            && left >= HEADER6
            && packet.get(at + PROTOCOL6) == ESP
            && isAt(packet, at + DESTINATION6, wanted, 16);
    return ours ? at + HEADER6 : -1;
  }

  private static boolean isAt(ByteBuffer packet, int at, byte[] wanted, int length) {
    byte[] found = new byte[length];
    packet.get(at, found);
    return Arrays.equals(found, wanted);
  }
}
