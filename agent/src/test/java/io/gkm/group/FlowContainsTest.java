package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.wire.TrafficSelector;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowContainsTest {
  private static final Flow UDP = Flow.parse("10.1.0.0/16 -> 239.1.1.0/30 udp/5000-5009");
  private static final Flow ANY = Flow.parse("10.1.0.0/16 -> 239.1.1.0/30");

  private static TrafficSelector ts(String first, String last, int protocol, int from, int to) {
    return TrafficSelector.range(address(first), address(last), protocol, from, to);
  }

  private static InetAddress address(String text) {
    return AddressText.parse(text).orElseThrow();
  }

  private static final TrafficSelector SOURCE = ts("10.1.0.0", "10.1.255.255", 17, 0, 65535);
  private static final TrafficSelector GROUP = ts("239.1.1.0", "239.1.1.3", 17, 5000, 5009);

  @Test
  void containsItselfAndLess() {
    assertThat(UDP.contains(SOURCE, GROUP)).isTrue();
    assertThat(
            UDP.contains(
                ts("10.1.2.3", "10.1.2.3", 17, 7, 7), ts("239.1.1.2", "239.1.1.2", 17, 5001, 5001)))
        .isTrue();
    assertThat(ANY.contains(SOURCE, GROUP)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.255.255, 10.1.255.255, 17, 0, 65535",
    "10.1.0.0,     10.2.0.0,     17, 0, 65535",
    "0.0.0.0,      255.255.255.255, 17, 0, 65535",
    "10.2.0.0,     10.2.0.0,     17, 0, 65535",
    "10.1.0.9,     10.1.0.1,     17, 0, 65535",
    "10.1.0.0,     10.1.0.0,     6,  0, 65535",
    "10.1.0.0,     10.1.0.0,     0,  0, 65535",
    "10.1.0.0,     10.1.0.0,     17, 65535, 0",
    "fd00::1,      fd00::1,      17, 0, 65535",
  })
  void anotherSourceIsOutside(String first, String last, int protocol, int from, int to) {
    assertThat(UDP.contains(ts(first, last, protocol, from, to), GROUP)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "239.1.0.255, 239.1.1.3, 17, 5000, 5009",
    "239.1.1.0,   239.1.1.4, 17, 5000, 5009",
    "239.1.1.4,   239.1.1.4, 17, 5000, 5009",
    "239.1.1.3,   239.1.1.0, 17, 5000, 5009",
    "239.1.1.0,   239.1.1.0, 17, 4999, 5009",
    "239.1.1.0,   239.1.1.0, 17, 5000, 5010",
    "239.1.1.0,   239.1.1.0, 17, 0,    65535",
    "239.1.1.0,   239.1.1.0, 17, 65535, 0",
    "239.1.1.0,   239.1.1.0, 6,  5000, 5000",
    "239.1.1.0,   239.1.1.0, 0,  0,    65535",
    "ff3e::1,     ff3e::1,   17, 5000, 5000",
  })
  void anotherDestinationIsOutside(String first, String last, int protocol, int from, int to) {
    assertThat(UDP.contains(SOURCE, ts(first, last, protocol, from, to))).isFalse();
  }

  @Test
  void aFlowOfAnyProtocolHasNoOpaquePorts() {
    assertThat(ANY.contains(SOURCE, ts("239.1.1.0", "239.1.1.0", 0, 65535, 0))).isFalse();
    assertThat(ANY.contains(SOURCE, ts("239.1.1.0", "239.1.1.0", 0, 0, 65535))).isTrue();
  }

  @Test
  void sourcePortsCountToo() {
    Flow fromPort =
        new Flow(UDP.source(), UDP.destination(), 17, new PortRange(7, 9), UDP.destinationPorts());

    assertThat(fromPort.contains(ts("10.1.0.0", "10.1.0.0", 17, 7, 9), GROUP)).isTrue();
    assertThat(fromPort.contains(ts("10.1.0.0", "10.1.0.0", 17, 6, 9), GROUP)).isFalse();
    assertThat(fromPort.contains(SOURCE, GROUP)).isFalse();
  }

  @Test
  void ipv6FlowsCompareSixteenOctets() {
    Flow flow = Flow.parse("2001:db8::/32 -> ff3e::/112 udp/5000");

    assertThat(
            flow.contains(
                ts("2001:db8::1", "2001:db8::1", 17, 0, 65535),
                ts("ff3e::7", "ff3e::7", 17, 5000, 5000)))
        .isTrue();
    assertThat(
            flow.contains(
                ts("2001:db9::1", "2001:db9::1", 17, 0, 65535),
                ts("ff3e::7", "ff3e::7", 17, 5000, 5000)))
        .isFalse();
  }
}
