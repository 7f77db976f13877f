package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficSelectorTest {
  private static TrafficSelector decode(String hex) throws WireException {
    ByteReader in = Wire.reader(hex);
    TrafficSelector ts = TrafficSelector.decode(in, "source");
    in.expectEnd("source");
    ByteWriter out = new ByteWriter();
    ts.encode(out);
    assertThat(out.toByteArray()).isEqualTo(Wire.bytes(hex));
    return ts;
  }

  private static void refuses(String hex, String field, int offset) {
    Wire.refuses(() -> TrafficSelector.decode(Wire.reader(hex), "source"), field, offset);
  }

  @Test
  void decodesASingleAddress() throws WireException, UnknownHostException {
    TrafficSelector ts = decode("0711001003500350efff0001efff0001");
    InetAddress group = InetAddress.getByName("239.255.0.1");
    assertThat(ts).isEqualTo(TrafficSelector.single(group, 17, 848, 848));
    assertThat(ts.isSingleAddress()).isTrue();
    assertThat(ts.isSinglePort()).isTrue();
    assertThat(ts.isAnyAddress()).isFalse();
    assertThat(ts.isMulticast()).isTrue();
    assertThat(ts.startInetAddress()).isEqualTo(group);
    assertThat(ts).hasToString("239.255.0.1 protocol 17 port 848");
  }

  @Test
  void decodesAWildcard() throws WireException {
    TrafficSelector ts = decode("070000100000ffff00000000ffffffff");
    assertThat(ts).isEqualTo(TrafficSelector.any(false, 0));
    assertThat(ts.isAnyAddress()).isTrue();
    assertThat(ts.isAnyPort()).isTrue();
    assertThat(ts.isMulticast()).isFalse();
    assertThat(ts).hasToString("0.0.0.0/0 any protocol");
  }

  @Test
  void halfTheAddressesAreNotAnyAddress() throws WireException {
    assertThat(decode("070000100000ffff000000007fffffff").isAnyAddress()).isFalse();
    assertThat(decode("070000100000ffff80000000ffffffff").isAnyAddress()).isFalse();
    assertThat(decode("070000100000ffffe0000000ffffffff").isMulticast()).isFalse();
    assertThat(decode("070000100000ffffdf000000efffffff").isMulticast()).isFalse();
  }

  @Test
  void decodesIpv6() throws WireException {
    String first = "ff050000000000000000000000000000";
    String last = "ff05000000000000000000000000ffff";
    TrafficSelector ts = decode("081100280001ffff" + first + last);
    assertThat(ts.isIpv6()).isTrue();
    assertThat(ts.isMulticast()).isTrue();
    assertThat(ts.prefixLength()).hasValue(112);
    assertThat(ts).hasToString("ff05:0:0:0:0:0:0:0/112 protocol 17 ports 1-65535");
    assertThat(TrafficSelector.any(true, 0).isAnyAddress()).isTrue();
  }

  @Test
  void keepsIpv4MappedAddressesIpv6() throws WireException {
    String mapped = "00000000000000000000ffffc0000201";
    assertThat(decode("080000280000ffff" + mapped + mapped).startInetAddress())
        .isInstanceOf(Inet6Address.class);
  }

  @Test
  void knowsOpaquePorts() throws WireException {
    TrafficSelector ts = decode("07110010ffff0000c0000201c0000201");
    assertThat(ts.isOpaquePort()).isTrue();
    assertThat(ts.isAnyPort()).isFalse();
    assertThat(ts).hasToString("192.0.2.1 protocol 17 opaque ports");
  }

  @ParameterizedTest
  @CsvSource({
    "00000000, ffffffff, 0",
    "c0000200, c00002ff, 24",
    "c0000201, c0000201, 32",
    "c0000200, c0000201, 31",
    "c0000201, c0000202, -1",
    "c0000200, c00002fe, -1",
    "c0000201, c00002ff, -1"
  })
  void findsThePrefix(String start, String end, int expected) throws WireException {
    TrafficSelector ts = decode("070000100000ffff" + start + end);
    assertThat(ts.prefixLength().orElse(-1)).isEqualTo(expected);
    assertThat(ts.toString().contains("-")).isEqualTo(expected < 0);
  }

  @Test
  void refusesInvertedRanges() {
    refuses("070000100000ffffc0000202c0000201", "source TS Starting Address", 8);
    refuses("070000100000ffff80000000 7fffffff", "source TS Starting Address", 8);
    refuses("0711001000020001c0000201c0000201", "source TS Start Port", 4);
    refuses("07110010ffff0001c0000201c0000201", "source TS Start Port", 4);
  }

  @Test
  void refusesPortsOfAnyProtocol() {
    refuses("0700001003500350c0000201c0000201", "source TS Start Port", 4);
  }

  @Test
  void refusesOtherTypesAndLengths() {
    refuses("090000100000ffffc0000201c0000201", "source TS Type", 0);
    refuses("070000280000ffffc0000201c0000201", "source TS Selector Length", 2);
    refuses("080000100000ffffc0000201c0000201", "source TS Selector Length", 2);
    refuses("0700000f0000ffffc0000201c0000201", "source TS Selector Length", 2);
    refuses("070000100000ffffc0000201c00002", "source TS Ending Address", 12);
  }

  @Test
  void holdsAddressesOfOneFamily() throws UnknownHostException {
    InetAddress four = InetAddress.getByName("192.0.2.1");
    InetAddress six = InetAddress.getByName("2001:db8::1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrafficSelector.range(four, six, 0, 0, 65535));
  }
}
