package io.gkm.ike.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** The notation of identities in configuration and messages: {@code kind:value}. */
final class IdentificationText {
  private static final Pattern IPV4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

  private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F:.]*");

  private IdentificationText() {}

  static Identification parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? "" : text.substring(0, colon);
    String value = text.substring(colon + 1);
    Identification id =
        switch (kind) {
          case "fqdn" -> ascii(IdType.FQDN, value);
          case "email" -> ascii(IdType.RFC822_ADDR, value);
          case "ipv4" -> new Identification(IdType.IPV4_ADDR, ipv4(value));
          case "ipv6" -> new Identification(IdType.IPV6_ADDR, ipv6(value));
          case "key-id" -> new Identification(IdType.KEY_ID, keyId(value));
          case "dn" -> new Identification(IdType.DER_ASN1_DN, distinguishedName(value));
          default ->
              throw new IllegalArgumentException(
                  "identity \""
                      + text
                      + "\" must start with fqdn:, email:, ipv4:, ipv6:, key-id: or dn:");
        };
    if (id.data().isEmpty() || id.data().size() > Identification.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "identity \"" + kind + ":\" has " + id.data().size() + " octets, expected 1 to 1024");
    }
    return id;
  }

  private static Identification ascii(int type, String value) {
    byte[] octets = value.getBytes(StandardCharsets.UTF_8);
    if (!isPrintable(octets)) {
      throw new IllegalArgumentException(
          "identity \"" + value + "\" must be printable ASCII without spaces");
    }
    return new Identification(type, Octets.of(octets));
  }

  private static Octets ipv4(String value) {
    Matcher matcher = IPV4.matcher(value);
    byte[] octets = new byte[4];
    boolean valid = matcher.matches();
    for (int i = 0; valid && i < 4; i++) {
      int octet = Integer.parseInt(matcher.group(i + 1));
      valid = octet <= 255;
      octets[i] = (byte) octet;
    }
    if (!valid) {
      throw new IllegalArgumentException("\"" + value + "\" is not an IPv4 address");
    }
    return Octets.of(octets);
  }

  private static Octets ipv6(String value) {
    // The JDK never looks up as a host name what holds a colon and starts like this.
    if (!IPV6_CHARACTERS.matcher(value).matches() || value.indexOf(':') < 0) {
      throw new IllegalArgumentException("\"" + value + "\" is not an IPv6 address");
    }
    try {
      byte[] octets = InetAddress.getByName(value).getAddress();
      if (octets.length == 4) {
        // The JDK turns ::ffff:a.b.c.d into an IPv4 address.
        byte[] mapped = new byte[16];
        Arrays.fill(mapped, 10, 12, (byte) 0xff);
        System.arraycopy(octets, 0, mapped, 12, 4);
        octets = mapped;
      }
      return Octets.of(octets);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("\"" + value + "\" is not an IPv6 address", e);
    }
  }

  private static Octets keyId(String value) {
    if (!value.startsWith("0x")) {
      return Octets.of(value.getBytes(StandardCharsets.UTF_8));
    }
    try {
      return Octets.ofHex(value.substring(2));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + value + "\" is not whole hexadecimal octets", e);
    }
  }

  private static Octets distinguishedName(String value) {
    try {
      return Octets.of(new X500Principal(value).getEncoded());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + value + "\" is not a distinguished name", e);
    }
  }

  static String format(Identification id) {
    byte[] octets = id.data().toByteArray();
    return switch (id.idType()) {
      case IdType.FQDN -> "fqdn:" + text(octets);
      case IdType.RFC822_ADDR -> "email:" + text(octets);
      case IdType.IPV4_ADDR -> "ipv4:" + address(octets, 4);
      case IdType.IPV6_ADDR -> "ipv6:" + address(octets, 16);
      case IdType.KEY_ID -> "key-id:" + text(octets);
      case IdType.DER_ASN1_DN -> "dn:" + name(octets);
      case IdType.NULL -> "null:";
      default -> "type-" + id.idType() + ":" + hex(octets);
    };
  }

  private static String text(byte[] octets) {
    String text = new String(octets, StandardCharsets.US_ASCII);
    return isPrintable(octets) && !text.startsWith("0x") ? text : hex(octets);
  }

  private static String address(byte[] octets, int size) {
    if (octets.length != size) {
      return hex(octets);
    }
    int type =
        size == 4 ? TrafficSelectorType.TS_IPV4_ADDR_RANGE : TrafficSelectorType.TS_IPV6_ADDR_RANGE;
    Octets address = Octets.of(octets);
    return new TrafficSelector(type, 0, 0, 0, address, address).startInetAddress().getHostAddress();
  }

  private static String name(byte[] octets) {
    try {
      String name = new X500Principal(octets).getName();
      return name.chars().anyMatch(Character::isISOControl) ? hex(octets) : name;
    } catch (IllegalArgumentException e) {
      // Not DER: a peer may send anything, and it must still be possible to name it in a message.
      return hex(octets);
    }
  }

  private static String hex(byte[] octets) {
    return "0x" + HexFormat.of().formatHex(octets);
  }

  private static boolean isPrintable(byte[] octets) {
    for (byte b : octets) {
      if (b <= ' ' || b > '~') {
        return false;
      }
    }
    return true;
  }
}
