package io.gkm.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PcapReaderTest {
  private static final String ETHERNET = "01005e010101" + "020000000001";
  private static final String UDP =
      ETHERNET
          + "0800"
          + "45000020 00014000 01110000 0a090002 ef010101"
          + "c0001388 000c0000 74657874"
          + "0000";
  private static final String ESP =
      ETHERNET
          + "0800"
          + "46000028 00014000 01320000 0a090002 ef010101 94040000"
          + "fbcd1234 00000002 0102030405060708";
  private static final String ESP6 =
      "333300000001"
          + "020000000001"
          + "86dd"
          + "60000000 00140040 fd090000000000000000000000000002"
          + "ff150000000000000000000000000001"
          + "3200050200000100"
          + "00000100 00000001 00000000";
  private static final String ARP = "ffffffffffff" + "020000000001" + "0806" + "0001";

  @Test
  void readsFramesInEitherByteOrder() throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      PcapReader reader = reader(capture(order, 1, UDP, ARP));
      assertThat(reader.next()).isEqualTo(octets(UDP));
      assertThat(reader.next()).isEqualTo(octets(ARP));
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void refusesWhatIsNoEthernetCaptureOrEndsEarly() throws IOException {
    assertThatThrownBy(() -> reader(new byte[24])).hasMessageContaining("magic");
    assertThatThrownBy(() -> reader(new byte[0])).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> reader(capture(ByteOrder.BIG_ENDIAN, 113)))
        .hasMessageContaining("link type 113");
    byte[] whole = capture(ByteOrder.LITTLE_ENDIAN, 1, UDP);
    for (int length = 25; length < whole.length; length++) {
      PcapReader reader = reader(Arrays.copyOf(whole, length));
      assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void takesUdpApartWithoutTheEthernetPadding() {
    CapturedPacket packet = CapturedPacket.parse(octets(UDP));
    assertThat(packet.isUdp()).isTrue();
    assertThat(packet.source().getHostAddress()).isEqualTo("10.9.0.2");
    assertThat(packet.destination().getHostAddress()).isEqualTo("239.1.1.1");
    assertThat(packet.destinationPort()).isEqualTo(5000);
    assertThat(packet.payload()).isEqualTo(ByteBuffer.wrap(octets("74657874")));
    assertThat(packet.shows("text")).isTrue();
    assertThat(packet.shows("test")).isFalse();
  }

  @Test
  void takesEspApartBehindOptions() {
    CapturedPacket four = CapturedPacket.parse(octets(ESP));
    assertThat(four.isEsp()).isTrue();
    assertThat(four.espSpi()).isEqualTo(0xfbcd1234L);
    assertThat(four.espSequence()).isEqualTo(2);
    assertThat(four.payload().remaining()).isEqualTo(16);
    CapturedPacket six = CapturedPacket.parse(octets(ESP6));
    assertThat(six.isEsp()).isTrue();
    assertThat(six.espSpi()).isEqualTo(0x100);
    assertThat(six.destination().isMulticastAddress()).isTrue();
  }

  @Test
  void knowsOtherFramesByTheirEtherTypeAndRefusesShortOnes() {
    CapturedPacket arp = CapturedPacket.parse(octets(ARP));
    assertThat(arp.etherType()).isEqualTo(0x0806);
    assertThat(arp.ipProtocol()).isEqualTo(-1);
    for (String frame : new String[] {ESP, ESP6}) {
      byte[] whole = octets(frame);
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> CapturedPacket.parse(cut)).isInstanceOf(LabException.class);
      }
    }
  }

  private static PcapReader reader(byte[] capture) throws IOException {
    return new PcapReader(new ByteArrayInputStream(capture));
  }

  private static byte[] capture(ByteOrder order, int link, String... frames) {
    ByteBuffer out = ByteBuffer.allocate(4096).order(order);
    out.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    out.putInt(262144).putInt(link);
    for (String frame : frames) {
      byte[] octets = octets(frame);
      out.putInt(1).putInt(2).putInt(octets.length).putInt(octets.length).put(octets);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
