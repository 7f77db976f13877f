package io.gkm.lab;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the frames of a capture stream in libpcap's file format (24-octet header; before each frame
 * 16 octets with its time and its captured and original lengths, in the byte order that the magic
 * number shows).
 */
final class PcapReader {
  private static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
  private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
  private static final int LINK_ETHERNET = 1;
  private static final int LONGEST_FRAME = 1 << 18;

  private final DataInputStream in;
  private final ByteOrder order;

  /** Reads the header. Throws an IOException for anything but a capture of Ethernet frames. */
  PcapReader(InputStream stream) throws IOException {
    in = new DataInputStream(stream);
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(24));
    if (header.remaining() < 24) {
      throw new EOFException("the capture ended within its header");
    }
    if (isMagic(header.getInt(0))) {
      order = ByteOrder.BIG_ENDIAN;
    } else if (isMagic(Integer.reverseBytes(header.getInt(0)))) {
      order = ByteOrder.LITTLE_ENDIAN;
    } else {
      throw new IOException("not a capture: magic 0x%08x".formatted(header.getInt(0)));
    }
    int link = header.order(order).getInt(20);
    if (link != LINK_ETHERNET) {
      throw new IOException("capture of link type " + link + ", not of Ethernet");
    }
  }

  private static boolean isMagic(int value) {
    return value == MAGIC_MICROSECONDS || value == MAGIC_NANOSECONDS;
  }

  /** The next frame, or null at the end. */
  byte[] next() throws IOException {
    byte[] octets = in.readNBytes(16);
    if (octets.length == 0) {
      return null;
    }
    if (octets.length < 16) {
      throw new EOFException("the capture ended within a frame's header");
    }
    ByteBuffer header = ByteBuffer.wrap(octets).order(order);
    int captured = header.getInt(8);
    int original = header.getInt(12);
    if (captured < 0 || captured > LONGEST_FRAME || captured != original) {
      throw new IOException("frame of " + original + " octets, captured " + captured);
    }
    byte[] frame = in.readNBytes(captured);
    if (frame.length < captured) {
      throw new EOFException("the capture ended within a frame");
    }
    return frame;
  }
}
