package io.gkm.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * An Ethernet frame from a capture, taken apart as far as tests ask.
 *
 * @param etherType 0x0800 IPv4, 0x86dd IPv6, 0x0806 ARP, ...
 * @param source the IP source, null if this is not IP
 * @param destination the IP destination, null if this is not IP
 * @param ipProtocol the IP protocol (after IPv6's hop-by-hop options), -1 if this is not IP
 * @param espSpi the SPI of an ESP packet (unsigned), -1 otherwise
 * @param espSequence the sequence number of an ESP packet (unsigned), -1 otherwise
 * @param destinationPort of a UDP datagram, -1 otherwise
 * @param payload what follows the UDP header, or the IP header (for ESP with SPI and sequence
 *     number), or the Ethernet header
 */
public record CapturedPacket(
    int etherType,
    InetAddress source,
    InetAddress destination,
    int ipProtocol,
    long espSpi,
    long espSequence,
    int destinationPort,
    ByteBuffer payload) {
  public static final int UDP = 17;
  public static final int ESP = 50;
  public static final int AH = 51;
  public static final int ICMPV6 = 58;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int HOP_BY_HOP = 0;

  /** Read-only, from the first to the last octet, whoever read it before. */
  @Override
  public ByteBuffer payload() {
    return payload.duplicate();
  }

  public boolean isEsp() {
    return ipProtocol == ESP;
  }

  public boolean isAh() {
    return ipProtocol == AH;
  }

  /** Whether it is an ICMPv6 message of this type. */
  public boolean isIcmpv6(int type) {
    return ipProtocol == ICMPV6
        && payload.remaining() > 0
        && Byte.toUnsignedInt(payload.get(0)) == type;
  }

  public boolean isUdp() {
    return ipProtocol == UDP;
  }

  /** Whether the text can be read anywhere in the payload, as it could on the wire. */
  public boolean shows(String text) {
    String wanted = new String(text.getBytes(UTF_8), ISO_8859_1);
    return ISO_8859_1.decode(payload()).toString().contains(wanted);
  }

  /**
   * Takes a frame apart; throws a LabException for one that is shorter than its own headers say.
   */
  static CapturedPacket parse(byte[] frame) {
    try {
      ByteBuffer in = ByteBuffer.wrap(frame);
      in.position(12);
      int etherType = Short.toUnsignedInt(in.getShort());
      if (etherType == IPV4) {
        return ipv4(in);
      }
      if (etherType == IPV6) {
        return ipv6(in);
      }
      return new CapturedPacket(etherType, null, null, -1, -1, -1, -1, rest(in));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new LabException("captured frame of " + frame.length + " octets is cut short", e);
    }
  }

  private static CapturedPacket ipv4(ByteBuffer in) {
    int start = in.position();
    int headerLength = (in.get(start) & 0x0f) * 4;
    int totalLength = Short.toUnsignedInt(in.getShort(start + 2));
    boolean laterFragment = (in.getShort(start + 6) & 0x1fff) != 0;
    int protocol = Byte.toUnsignedInt(in.get(start + 9));
    in.position(start + 12);
    InetAddress source = address(in, 4);
    InetAddress destination = address(in, 4);
    // Short frames are padded; the padding is not payload.
    in.limit(start + totalLength).position(start + headerLength);
    return transport(IPV4, source, destination, protocol, laterFragment, in);
  }

  private static CapturedPacket ipv6(ByteBuffer in) {
    int start = in.position();
    int payloadLength = Short.toUnsignedInt(in.getShort(start + 4));
    int protocol = Byte.toUnsignedInt(in.get(start + 6));
    in.position(start + 8);
    InetAddress source = address(in, 16);
    InetAddress destination = address(in, 16);
    in.limit(in.position() + payloadLength);
    if (protocol == HOP_BY_HOP) {
      int options = in.position();
      protocol = Byte.toUnsignedInt(in.get(options));
      in.position(options + 8 + 8 * Byte.toUnsignedInt(in.get(options + 1)));
    }
    return transport(IPV6, source, destination, protocol, false, in);
  }

  private static CapturedPacket transport(
      int etherType,
      InetAddress source,
      InetAddress destination,
      int protocol,
      boolean laterFragment,
      ByteBuffer in) {
    long spi = -1;
    long sequence = -1;
    int port = -1;
    if (!laterFragment && protocol == ESP) {
      spi = Integer.toUnsignedLong(in.getInt(in.position()));
      sequence = Integer.toUnsignedLong(in.getInt(in.position() + 4));
    } else if (!laterFragment && protocol == UDP) {
      port = Short.toUnsignedInt(in.getShort(in.position() + 2));
      in.position(in.position() + 8);
    }
    return new CapturedPacket(
        etherType, source, destination, protocol, spi, sequence, port, rest(in));
  }

  private static InetAddress address(ByteBuffer in, int length) {
    byte[] octets = new byte[length];
    in.get(octets);
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static ByteBuffer rest(ByteBuffer in) {
    return in.slice().asReadOnlyBuffer();
  }

  @Override
  public String toString() {
    if (source == null) {
      return "ethertype 0x%04x, %d octets".formatted(etherType, payload.remaining());
    }
    String protocol =
        isEsp()
            ? "ESP spi 0x%08x seq %d".formatted(espSpi, espSequence)
            : isUdp() ? "UDP port " + destinationPort : "protocol " + ipProtocol;
    return "%s > %s %s, %d octets"
        .formatted(
            source.getHostAddress(), destination.getHostAddress(), protocol, payload.remaining());
  }
}
