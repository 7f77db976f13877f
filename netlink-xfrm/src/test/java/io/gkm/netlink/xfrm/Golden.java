package io.gkm.netlink.xfrm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What golden.c printed: linux/xfrm.h as the C compiler sees it. */
record Golden(
    String byteOrder,
    Map<String, Long> constants,
    Map<String, Long> maxima,
    Map<String, byte[]> structs,
    Map<String, byte[]> attributes,
    Map<String, Integer> attributeNumbers) {
  /** Of Linux 7.3 on x86-64, as committed. */
  static Golden committed() {
    try (InputStream in = Golden.class.getResourceAsStream("golden/linux-7.3-x86_64.txt")) {
      return parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Golden parse(List<String> lines) {
    Golden golden =
        new Golden(
            byteOrder(lines),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>());
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "#", "byteorder" -> {}
        case "const" -> golden.constants.put(words[1], Long.parseLong(words[2]));
        case "max" -> golden.maxima.put(words[1], Long.parseLong(words[2]));
        case "struct" -> golden.structs.put(words[1], octets(words[3], Integer.parseInt(words[2])));
        case "attr" -> {
          golden.attributes.put(words[1], HexFormat.of().parseHex(words[3]));
          golden.attributeNumbers.put(words[1], Integer.parseInt(words[2]));
        }
        default -> throw new AssertionError("golden line: " + line);
      }
    }
    return golden;
  }

  private static String byteOrder(List<String> lines) {
    return lines.stream()
        .filter(l -> l.startsWith("byteorder "))
        .findFirst()
        .orElseThrow()
        .substring("byteorder ".length());
  }

  private static byte[] octets(String hex, int size) {
    byte[] octets = HexFormat.of().parseHex(hex);
    if (octets.length != size) {
      throw new AssertionError(size + " octets are said: " + hex);
    }
    return octets;
  }
}
