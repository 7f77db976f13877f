package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gkm.netlink.CHeaders;
import io.gkm.netlink.NetlinkAttribute;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our structs and attributes are, octet for octet, what the C compiler makes of linux/xfrm.h with
 * the same distinct values in all fields, and are read back as these values. Counted: nothing that
 * the header has is left out, neither here nor in the library.
 */
class GoldenLayoutTest {
  private static final int MESSAGES = 26;
  private static final int ATTRIBUTES = 40;
  private static final Path SOURCE = Path.of("src/test/c/golden.c");

  @Test
  void structsOfTheCommittedHeader() throws Exception {
    assumeLittleEndian();
    Golden golden = Golden.committed();
    assertThat(golden.structs().keySet()).isEqualTo(GoldenValues.structs().keySet());
    checkStructs(golden);
  }

  @Test
  void attributesOfTheCommittedHeader() throws Exception {
    assumeLittleEndian();
    Golden golden = Golden.committed();
    checkAttributes(golden);
    checkDatabases(golden);
    Set<String> ours = new TreeSet<>();
    GoldenValues.attributes().forEach(a -> ours.add(XfrmAttributeType.name(a.attributeNumber())));
    Set<String> known = new TreeSet<>();
    for (XfrmAttributeType type : XfrmAttributeType.values()) {
      known.add(type.headerName());
    }
    Set<String> theirs = new TreeSet<>(golden.attributes().keySet());
    theirs.removeIf(n -> n.startsWith("XFRMA_SAD_") || n.startsWith("XFRMA_SPD_"));
    assertThat(theirs).hasSize(ATTRIBUTES).isEqualTo(known).isEqualTo(ours);
  }

  @Test
  void constantsOfTheCommittedHeader() {
    checkConstants(Golden.committed());
    assertThat(GoldenConstants.ours().keySet()).isEqualTo(Golden.committed().constants().keySet());
    assertThat(GoldenConstants.maxima()).isEqualTo(Golden.committed().maxima());
    assertThat(XfrmMessageType.values()).hasSize(MESSAGES);
    Set<String> known = new HashSet<>();
    for (XfrmMessageType type : XfrmMessageType.values()) {
      known.add(type.headerName());
    }
    Set<String> theirs = new HashSet<>(Golden.committed().constants().keySet());
    theirs.removeIf(n -> !n.startsWith("XFRM_MSG_"));
    assertThat(theirs).hasSize(MESSAGES).isEqualTo(known);
  }

  /** Each message type is some struct's, so each has been compared. */
  @Test
  void everyMessageTypeIsAmongTheCompared() {
    Set<XfrmMessageType> compared = new HashSet<>();
    GoldenValues.structs().values().forEach(l -> l.forEach(m -> compared.add(m.type())));
    assertThat(compared).containsExactlyInAnyOrder(XfrmMessageType.values());
  }

  /** The three octets that a Java library of others has at wrong offsets. */
  @Test
  void prefixesAndProtocolOfASelectorAreNextToEachOther() {
    byte[] selector = Golden.committed().structs().get("xfrm_selector");
    assertThat(Arrays.copyOfRange(selector, 42, 48)).containsExactly(0x39, 0x3a, 0x3b, 0, 0, 0);
    assertThat(encode(GoldenValues.selector()::encode)).isEqualTo(selector);
  }

  /** The same against the header of this machine; it is the only check where it is big-endian. */
  @Test
  void theHeaderOfThisMachine(@TempDir Path directory) throws Exception {
    assumeTrue(Files.exists(SOURCE), "golden.c is not here: run from the module's directory");
    assumeTrue(Files.exists(Path.of("/usr/include/linux/xfrm.h")), "no linux/xfrm.h: not compared");
    assumeTrue(CHeaders.canCompile(), "no C compiler: not compared");
    Path program = directory.resolve("golden");
    Path output = directory.resolve("output");
    CHeaders.run(
        output,
        List.of("gcc", "-Wall", "-Wextra", "-Werror", "-o", program.toString(), SOURCE.toString()));
    Golden golden =
        Golden.parse(CHeaders.run(output, List.of(program.toString())).lines().toList());
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    assertThat(golden.byteOrder()).isEqualTo(little ? "little" : "big");
    // What Linux 6.1 has is the least.
    assertThat(golden.structs().size()).isGreaterThan(15);
    assertThat(golden.attributes().size()).isGreaterThan(35);
    checkStructs(golden);
    checkAttributes(golden);
    checkDatabases(golden);
    checkConstants(golden);
  }

  private static void checkStructs(Golden golden) throws Exception {
    for (Map.Entry<String, byte[]> struct : golden.structs().entrySet()) {
      byte[] theirs = struct.getValue();
      for (XfrmMessage message : GoldenValues.structs().get(struct.getKey())) {
        String what = struct.getKey() + " of " + message.type();
        assertThat(encode(message::encode)).as(what).isEqualTo(theirs);
        assertThat(message.type().structLength()).as(what).isEqualTo(theirs.length);
        assertThat(XfrmMessage.decode(message.type(), false, StructReader.of(theirs)))
            .as(what)
            .isEqualTo(message);
      }
    }
  }

  private static void checkAttributes(Golden golden) throws Exception {
    for (XfrmAttribute attribute : GoldenValues.attributes()) {
      XfrmAttributeType type = XfrmAttributeType.of(attribute.attributeNumber()).orElseThrow();
      byte[] theirs = golden.attributes().get(type.headerName());
      if (theirs == null) {
        // An older header.
        continue;
      }
      assertThat(golden.attributeNumbers().get(type.headerName())).isEqualTo(type.number());
      assertThat(encode(attribute::encodeAttribute)).as(type.headerName()).isEqualTo(theirs);
      NetlinkAttribute read = NetlinkAttribute.decode(StructReader.of(theirs));
      assertThat(XfrmAttribute.decode(type, read.value(), XfrmAddresses.AF_INET6))
          .as(type.headerName())
          .isEqualTo(attribute);
    }
  }

  private static void checkDatabases(Golden golden) throws Exception {
    checkDatabase(golden, GoldenValues.sadInfo(), "XFRMA_SAD_");
    checkDatabase(golden, GoldenValues.spdInfo(), "XFRMA_SPD_");
  }

  private static void checkDatabase(Golden golden, XfrmMessage message, String prefix)
      throws Exception {
    ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    theirs.writeBytes(encode(out -> out.u32(0x01020304)));
    golden
        .attributes()
        .forEach(
            (name, octets) -> {
              if (name.startsWith(prefix)) {
                theirs.writeBytes(octets);
              }
            });
    assertThat(encode(message::encode)).isEqualTo(theirs.toByteArray());
    assertThat(XfrmMessage.decode(message.type(), false, StructReader.of(theirs.toByteArray())))
        .isEqualTo(message);
  }

  /** Every constant that golden.c prints, none left out. */
  private static void checkConstants(Golden golden) {
    Map<String, Long> ours = GoldenConstants.ours();
    golden
        .constants()
        .forEach((name, value) -> assertThat(ours.get(name)).as(name).isEqualTo(value));
  }

  private static byte[] encode(java.util.function.Consumer<StructWriter> encoder) {
    try (StructWriter out = new StructWriter()) {
      encoder.accept(out);
      return out.toBytes();
    }
  }

  private static void assumeLittleEndian() {
    assumeTrue(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN,
        "the committed layouts are little-endian: not compared here");
  }
}
