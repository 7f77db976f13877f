package io.gkm.dataplane.iv;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbePacketTest {
  private static final int SPI = 0x00c0ffee;

  /** Outer IPv4 header to 203.0.113.254, ESP header; inner IPv4 header to 239.1.1.1, ESP and IV. */
  private static final String FOUR =
      "4500008000000000403200000a090002cb0071fe"
          + "674b004e00000007"
          + "450000380000400040320000cb0071fdef010101"
          + "00c0ffeefffffffe"
          + "05a1b2c3d4e5f607"
          + "00112233445566778899aabbccddeeff";

  private static final String SIX =
      "60000000006432400100000000000000000000000000fffd0100000000000000000000000000fffe"
          + "674b004e00000007"
          + "60000000003032400100000000000000000000000000fffdff150000000000000000000000000001"
          + "00c0ffeefffffffe"
          + "05a1b2c3d4e5f607";

  private final InetAddress end4 = address("cb0071fe");
  private final InetAddress group4 = address("ef010101");
  private final InetAddress end6 = address("0100000000000000000000000000fffe");
  private final InetAddress group6 = address("ff150000000000000000000000000001");

  @Test
  void theIvIsReadFromWithin() {
    ProbePacket expected = new ProbePacket(0xfffffffeL, 0x05a1b2c3d4e5f607L);
    assertThat(ProbePacket.decode(packet(FOUR), end4, group4, SPI)).contains(expected);
    assertThat(ProbePacket.decode(packet(SIX), end6, group6, SPI)).contains(expected);
    assertThat(expected.ivs()).hasToString("05a1b2c32b1a09f9");
  }

  @Test
  void headersWithOptionsAreSkipped() {
    String longer = FOUR.replaceFirst("45(.{38})", "46$100000000");
    assertThat(ProbePacket.decode(packet(longer), end4, group4, SPI)).isPresent();
  }

  @Test
  void packetsOfOthersAreNot() {
    assertThat(ProbePacket.decode(packet(FOUR), end4, group4, SPI + 1)).isEmpty();
    assertThat(ProbePacket.decode(packet(FOUR), end4, end4, SPI)).isEmpty();
    assertThat(ProbePacket.decode(packet(FOUR), group4, group4, SPI)).isEmpty();
    assertThat(ProbePacket.decode(packet(FOUR), end6, group6, SPI)).isEmpty();
    assertThat(ProbePacket.decode(packet(SIX), end4, group4, SPI)).isEmpty();
    // UDP outside or inside.
    String udp = FOUR.replaceFirst("40320000", "40110000");
    assertThat(ProbePacket.decode(packet(udp), end4, group4, SPI)).isEmpty();
    int inner = FOUR.lastIndexOf("40320000");
    String udpWithin = FOUR.substring(0, inner) + "40110000" + FOUR.substring(inner + 8);
    assertThat(ProbePacket.decode(packet(udpWithin), end4, group4, SPI)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {FOUR, SIX})
  void aPacketThatIsCutShortIsNone(String hex) {
    int needed = hex.indexOf("05a1b2c3d4e5f607") / 2 + 8;
    for (int length = 0; length < hex.length() / 2; length++) {
      ByteBuffer cut = packet(hex).limit(length);
      boolean whole =
          ProbePacket.decode(cut, end4, group4, SPI).isPresent()
              || ProbePacket.decode(cut, end6, group6, SPI).isPresent();
      assertThat(whole).as("%d octets", length).isEqualTo(length >= needed);
    }
  }

  @Test
  void octetsOfAnyKindAreRead() {
    Random random = new Random(6054);
    for (int i = 0; i < 100_000; i++) {
      byte[] octets = HexFormat.of().parseHex(i % 2 == 0 ? FOUR : SIX);
      for (int change = random.nextInt(4); change >= 0; change--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
      }
      ByteBuffer packet = ByteBuffer.wrap(octets).limit(random.nextInt(octets.length + 1));
      assertThat(ProbePacket.decode(packet, end4, group4, SPI)).isNotNull();
    }
  }

  private static ByteBuffer packet(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private static InetAddress address(String hex) {
    try {
      return InetAddress.getByAddress(HexFormat.of().parseHex(hex));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
