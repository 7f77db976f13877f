package io.gkm.group;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Address literals and address bytes; never a name, so never a look-up. */
public final class AddressText {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private AddressText() {}

  /**
   * A dotted quad without leading zeros or an IPv6 literal without zone; empty for anything else,
   * also for an IPv4-mapped IPv6 address, which would silently change family.
   */
  public static Optional<InetAddress> parse(String literal) {
    boolean ipv4 = IPV4.matcher(literal).matches();
    if (!ipv4 && !IPV6_CHARACTERS.matcher(literal).matches()) {
      return Optional.empty();
    }
    try {
      // Both shapes are literals to the JDK: a text with a colon is never looked up.
      InetAddress address = InetAddress.getByName(literal);
      return (address.getAddress().length == 4) == ipv4 ? Optional.of(address) : Optional.empty();
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  /** The first {@code length} bits of {@code bytes}, the others zero. */
  static byte[] masked(byte[] bytes, int length) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      int bits = Math.max(0, Math.min(8, length - 8 * i));
      result[i] = (byte) (bytes[i] & (0xff00 >> bits));
    }
    return result;
  }

  /** Address and port: {@code 192.0.2.1:500}, {@code [2001:db8:0:0:0:0:0:1]:500}. */
  public static String of(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** The address of 4 or 16 octets. */
  public static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalArgumentException("an address has 4 or 16 octets", impossible);
    }
  }
}
