package io.gkm.netlink.mroute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gkm.netlink.CHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our structs are, octet for octet, what the C compiler makes of linux/mroute.h and mroute6.h. */
class MrouteLayoutTest {
  private static final Path SOURCE = Path.of("src/test/c/mroute.c");

  @Test
  void structsOfTheCommittedHeader() throws Exception {
    assumeTrue(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN,
        "the committed layouts are little-endian: not compared here");
    check(committed());
  }

  @Test
  void structsOfThisMachinesHeader(@TempDir Path directory) throws Exception {
    assumeTrue(CHeaders.canCompile() && Files.exists(SOURCE), "no C compiler: not compared");
    String program = directory.resolve("mroute").toString();
    Path output = directory.resolve("output");
    CHeaders.run(
        output, List.of("gcc", "-Wall", "-Wextra", "-Werror", "-o", program, SOURCE.toString()));
    check(CHeaders.run(output, List.of(program)).lines().toList());
  }

  private static void check(List<String> lines) throws Exception {
    Map<String, String> structs =
        lines.stream()
            .filter(l -> l.startsWith("struct "))
            .map(l -> l.split(" ", -1))
            .collect(Collectors.toMap(w -> w[1], w -> w[3]));
    MulticastVif vif = new MulticastVif(2, 300, 5);
    assertThat(hex(vif.encodeIpv4())).isEqualTo(structs.get("vifctl"));
    assertThat(hex(vif.encodeIpv6())).isEqualTo(structs.get("mif6ctl"));
    assertThat(hex(entry("10.1.2.3", "239.4.5.6", 0).encodeIpv4()))
        .isEqualTo(structs.get("mfcctl"));
    assertThat(hex(entry("0.0.0.0", "239.4.5.6", 1).encodeIpv4()))
        .isEqualTo(structs.get("mfcctl/any"));
    assertThat(hex(entry("2001:db8:1:2::3", "ff15::4:5:6", 0).encodeIpv6()))
        .isEqualTo(structs.get("mf6cctl"));
    assertThat(hex(entry("::", "ff15::4:5:6", 1).encodeIpv6()))
        .isEqualTo(structs.get("mf6cctl/any"));
    assertThat(structs).hasSize(6);
    assertThat(lines)
        .contains(
            "const MRT_INIT 200",
            "const MRT6_INIT 200",
            "const MRT_ADD_VIF 202",
            "const MRT6_ADD_MIF 202",
            "const MRT_DEL_VIF 203",
            "const MRT6_DEL_MIF 203",
            "const MRT_ADD_MFC 204",
            "const MRT6_ADD_MFC 204",
            "const MRT_DEL_MFC 205",
            "const MRT6_DEL_MFC 205",
            "const MRT_ADD_MFC_PROXY 210",
            "const MRT6_ADD_MFC_PROXY 210",
            "const MRT_DEL_MFC_PROXY 211",
            "const MRT6_DEL_MFC_PROXY 211",
            "const MAXVIFS 32",
            "const MAXMIFS 32");
    assertThat(lines)
        .contains(
            "const IPPROTO_IGMP " + MulticastFamily.IPV4.protocol(),
            "const IPPROTO_IP " + MulticastFamily.IPV4.level(),
            "const IPPROTO_ICMPV6 " + MulticastFamily.IPV6.protocol(),
            "const IPPROTO_IPV6 " + MulticastFamily.IPV6.level());
  }

  private static MulticastMfc entry(String source, String group, int parent) throws Exception {
    return new MulticastMfc(
        InetAddress.getByName(source), InetAddress.getByName(group), parent, Set.of(1, 2));
  }

  private static List<String> committed() throws IOException {
    try (InputStream in = MrouteLayoutTest.class.getResourceAsStream("linux-x86_64.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }
}
