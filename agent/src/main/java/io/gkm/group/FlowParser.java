package io.gkm.group;

import java.net.InetAddress;
import java.util.OptionalInt;

/** Reads {@code SRC/len -> DST/len [proto[/port[-port]]]}, once. */
final class FlowParser {
  private final String text;
  private int at;

  FlowParser(String text) {
    this.text = text;
  }

  Flow parse() {
    skipSpaces();
    int sourceAt = at;
    Prefix source = prefix("source");
    skipSpaces();
    if (!text.startsWith("->", at)) {
      throw problem(at, "expected \"->\" between source and destination");
    }
    at += 2;
    skipSpaces();
    int destinationAt = at;
    Prefix destination = prefix("destination");
    if (source.isIpv4() != destination.isIpv4()) {
      throw problem(destinationAt, "source and destination are not of one address family");
    }
    if (!destination.isMulticast()) {
      String space = destination.isIpv4() ? "224.0.0.0/4" : "ff00::/8";
      throw problem(
          destinationAt, "destination " + destination + " is not multicast (inside " + space + ")");
    }
    if (source.isMulticast()) {
      throw problem(sourceAt, "source " + source + " is multicast; a sender has a unicast address");
    }
    skipSpaces();
    int protocol = IpProtocols.ANY;
    PortRange ports = PortRange.ANY;
    if (at < text.length()) {
      int protocolAt = at;
      protocol = protocol(word("/"));
      if (at < text.length() && text.charAt(at) == '/') {
        if (!IpProtocols.hasPorts(protocol)) {
          throw problem(at, "protocol " + text.substring(protocolAt, at) + " has no ports");
        }
        at++;
        ports = ports();
      }
    }
    skipSpaces();
    if (at < text.length()) {
      throw problem(at, "unexpected \"" + text.substring(at) + "\" after the end");
    }
    return new Flow(source, destination, protocol, PortRange.ANY, ports);
  }

  private Prefix prefix(String what) {
    int start = at;
    String literal = word("/-");
    InetAddress address =
        AddressText.parse(literal)
            .orElseThrow(
                () ->
                    literal.isEmpty()
                        ? problem(start, "expected the " + what + " address")
                        : problem(
                            start, what + " \"" + literal + "\" is not an IPv4 or IPv6 address"));
    if (at >= text.length() || text.charAt(at) != '/') {
      throw problem(at, "expected \"/\" and the prefix length of the " + what);
    }
    at++;
    int lengthAt = at;
    int length =
        number(
            word("-"), lengthAt, "prefix length of the " + what, 8 * address.getAddress().length);
    try {
      return new Prefix(address, length);
    } catch (IllegalArgumentException e) {
      throw new FlowSyntaxException(text, start + 1, what + " " + e.getMessage(), e);
    }
  }

  private int protocol(String name) {
    if (name.equals("any")) {
      return IpProtocols.ANY;
    }
    OptionalInt number = IpProtocols.number(name);
    if (number.isEmpty()) {
      throw problem(
          at - name.length(),
          "\"" + name + "\" is not a protocol: a number 1-255 or any, " + IpProtocols.names());
    }
    return number.getAsInt();
  }

  private PortRange ports() {
    int firstAt = at;
    int first = number(word("-"), firstAt, "port", PortRange.MAX_PORT);
    if (at >= text.length() || text.charAt(at) != '-') {
      return new PortRange(first, first);
    }
    at++;
    int lastAt = at;
    int last = number(word("-"), lastAt, "last port", PortRange.MAX_PORT);
    if (last < first) {
      throw problem(firstAt, "port range " + first + "-" + last + " is backwards");
    }
    return new PortRange(first, last);
  }

  /** A decimal number 0..max without leading zeros that began at {@code start}. */
  private int number(String digits, int start, String what, int max) {
    if (!digits.matches("0|[1-9][0-9]{0,4}") || Integer.parseInt(digits) > max) {
      throw problem(start, what + " \"" + digits + "\" is not a number 0-" + max);
    }
    return Integer.parseInt(digits);
  }

  /** Reads up to white space, one of {@code delimiters} or the end. */
  private String word(String delimiters) {
    int start = at;
    while (at < text.length() && !isSpace(at) && delimiters.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skipSpaces() {
    while (at < text.length() && isSpace(at)) {
      at++;
    }
  }

  private boolean isSpace(int index) {
    return text.charAt(index) == ' ' || text.charAt(index) == '\t';
  }

  private FlowSyntaxException problem(int index, String what) {
    return new FlowSyntaxException(text, index + 1, what, null);
  }
}
