package io.gkm.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.dataplane.SelectorMath.Range;
import io.gkm.group.Flow;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SelectorMathTest {
  private static final Range ANY = range("0.0.0.0", "255.255.255.255", 0, 65535);

  @Test
  void aRangeThatIsAPrefixIsOne() throws SelectorException {
    assertThat(prefixes("0.0.0.0", "255.255.255.255")).containsExactly("0.0.0.0/0");
    assertThat(prefixes("10.0.0.0", "10.0.0.255")).containsExactly("10.0.0.0/24");
    assertThat(prefixes("255.255.255.255", "255.255.255.255"))
        .containsExactly("255.255.255.255/32");
    assertThat(prefixes("ff02::", "ff02:ffff:ffff:ffff:ffff:ffff:ffff:ffff"))
        .containsExactly("ff02:0:0:0:0:0:0:0/16");
  }

  @Test
  void anyOtherRangeIsSeveral() throws SelectorException {
    assertThat(prefixes("10.0.0.1", "10.0.0.6"))
        .containsExactly("10.0.0.1/32", "10.0.0.2/31", "10.0.0.4/31", "10.0.0.6/32");
    assertThat(prefixes("127.255.255.255", "128.0.0.0"))
        .containsExactly("127.255.255.255/32", "128.0.0.0/32");
  }

  @Test
  void portsAreValuesAndMasks() throws SelectorException {
    assertThat(SelectorMath.ports(0, 65535)).containsExactly(PortMask.ANY);
    assertThat(SelectorMath.ports(5000, 5000)).containsExactly(new PortMask(5000, 0xffff));
    assertThat(SelectorMath.ports(5000, 5010))
        .containsExactly(
            new PortMask(5000, 0xfff8), new PortMask(5008, 0xfffe), new PortMask(5010, 0xffff));
    assertThat(SelectorMath.ports(1, 65534)).hasSize(30);
  }

  @Test
  void everyPortOfARangeAndNoOtherMatchesExactlyOneMask() throws SelectorException {
    Random random = new Random(17);
    for (int i = 0; i < 200; i++) {
      int one = random.nextInt(65536);
      int other = random.nextInt(65536);
      int first = Math.min(one, other);
      int last = Math.max(one, other);
      List<PortMask> masks = SelectorMath.ports(first, last);
      for (int port = 0; port <= 65535; port += 1 + random.nextInt(40)) {
        int matched = 0;
        for (PortMask mask : masks) {
          matched += mask.matches(port) ? 1 : 0;
        }
        assertThat(matched)
            .as("port %d in %d-%d", port, first, last)
            .isEqualTo(port >= first && port <= last ? 1 : 0);
      }
    }
  }

  @Test
  void aFlowIsOneSelectorPerPieceOfItsPorts() throws SelectorException {
    assertThat(SelectorMath.of(Flow.parse("10.0.0.0/8 -> 239.1.1.1/32 udp/5000-5003")))
        .singleElement()
        .hasToString("10.0.0.0/8 -> 239.1.1.1/32 proto 17 ports any -> 5000/0xfffc");
    assertThat(SelectorMath.of(Flow.parse("0.0.0.0/0 -> 239.1.1.1/32 udp/5001-5003"))).hasSize(2);
  }

  @Test
  void manyPiecesAreRefused() throws SelectorException {
    Range source = range("10.0.0.0", "10.0.0.6", 0, 65535);
    Range destination = range("239.1.1.1", "239.1.1.1", 1, 65534);
    assertThatThrownBy(() -> SelectorMath.of(17, source, destination))
        .isInstanceOf(SelectorException.class)
        .hasMessageContaining("90")
        .hasMessageContaining("64");
    assertThat(SelectorMath.of(17, ANY, destination)).hasSize(30);
  }

  @Test
  void portsOfAProtocolWithoutPortsAreRefused() {
    Range typeEight = range("239.1.1.1", "239.1.1.1", 0x0800, 0x08ff);
    for (int protocol : new int[] {0, 1, 2, 50}) {
      assertThatThrownBy(() -> SelectorMath.of(protocol, ANY, typeEight))
          .isInstanceOf(SelectorException.class)
          .hasMessageContaining("ports");
    }
  }

  @Test
  void emptyAndMixedRangesAreRefused() {
    assertThatThrownBy(() -> prefixes("10.0.0.2", "10.0.0.1"))
        .isInstanceOf(SelectorException.class);
    assertThatThrownBy(() -> prefixes("10.0.0.2", "ff02::1")).isInstanceOf(SelectorException.class);
    // OPAQUE of RFC 7296, 3.13.1.
    assertThatThrownBy(() -> SelectorMath.ports(65535, 0)).isInstanceOf(SelectorException.class);
  }

  @Test
  void theCoveringSelectorMatchesWhatThePiecesMatch() throws SelectorException {
    Range destination = range("239.1.1.1", "239.1.1.1", 5000, 5010);
    List<KernelSelector> pieces =
        SelectorMath.of(17, range("10.0.0.1", "10.0.0.6", 0, 65535), destination);
    assertThat(SelectorMath.covering(pieces))
        .hasToString("10.0.0.0/29 -> 239.1.1.1/32 proto 17 ports any -> 4992/0xffe0");
    List<KernelSelector> one = SelectorMath.of(17, ANY, range("239.1.1.1", "239.1.1.1", 53, 53));
    assertThat(SelectorMath.covering(one)).isEqualTo(one.get(0));
  }

  @Test
  void selectorsOverlapWhenAPacketMatchesBoth() {
    KernelSelector one = TestNeeds.selector("10.0.0.0/8 -> 239.1.1.1/32 udp/5000-5003");
    assertThat(one.overlaps(TestNeeds.selector("0.0.0.0/0 -> 239.1.0.0/16"))).isTrue();
    assertThat(one.overlaps(TestNeeds.selector("10.1.0.0/16 -> 239.1.1.1/32 udp/5002"))).isTrue();
    assertThat(one.overlaps(TestNeeds.selector("10.1.0.0/16 -> 239.1.1.1/32 udp/5004"))).isFalse();
    assertThat(one.overlaps(TestNeeds.selector("11.0.0.0/8 -> 239.1.1.1/32 udp"))).isFalse();
    assertThat(one.overlaps(TestNeeds.selector("10.0.0.0/8 -> 239.1.1.1/32 tcp"))).isFalse();
  }

  private static List<String> prefixes(String first, String last) throws SelectorException {
    return SelectorMath.prefixes(Packet.address(first), Packet.address(last)).stream()
        .map(Object::toString)
        .toList();
  }

  private static Range range(String first, String last, int firstPort, int lastPort) {
    return new Range(Packet.address(first), Packet.address(last), firstPort, lastPort);
  }
}
