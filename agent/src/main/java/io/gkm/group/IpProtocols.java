package io.gkm.group;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Names of IP protocol numbers that a configuration may use (IANA "Assigned Internet Protocol
 * Numbers"); any other is written as its number.
 */
public final class IpProtocols {
  /** Any protocol, as in a traffic selector (RFC 7296, 3.13.1). */
  public static final int ANY = 0;

  public static final int UDP = 17;

  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("icmp", 1),
          Map.entry("igmp", 2),
          Map.entry("tcp", 6),
          Map.entry("udp", UDP),
          Map.entry("dccp", 33),
          Map.entry("gre", 47),
          Map.entry("icmpv6", 58),
          Map.entry("ospf", 89),
          Map.entry("pim", 103),
          Map.entry("vrrp", 112),
          Map.entry("sctp", 132),
          Map.entry("udplite", 136));

  private IpProtocols() {}

  /** The number of a name or of a decimal text 1..255; empty when it is neither. */
  public static OptionalInt number(String text) {
    Integer named = NUMBERS.get(text);
    if (named != null) {
      return OptionalInt.of(named);
    }
    if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > 255) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  /** The name, or the number in decimal; {@code any} for 0. */
  public static String name(int protocol) {
    if (protocol == ANY) {
      return "any";
    }
    return NUMBERS.entrySet().stream()
        .filter(entry -> entry.getValue() == protocol)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(Integer.toString(protocol));
  }

  /** Whether the protocol's header begins with source and destination port. */
  public static boolean hasPorts(int protocol) {
    return protocol == 6 || protocol == UDP || protocol == 33 || protocol == 132 || protocol == 136;
  }

  /** All names, in order, for error messages. */
  static String names() {
    return String.join(", ", new TreeMap<>(NUMBERS).keySet());
  }
}
