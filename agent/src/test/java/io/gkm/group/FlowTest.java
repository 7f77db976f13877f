package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTest {

  @Test
  void readsTheExample() {
    Flow flow = Flow.parse("0.0.0.0/0 -> 239.1.1.1/32 udp/5000");

    assertThat(flow.source()).hasToString("0.0.0.0/0");
    assertThat(flow.destination()).hasToString("239.1.1.1/32");
    assertThat(flow.ipProtocol()).isEqualTo(17);
    assertThat(flow.sourcePorts()).isEqualTo(PortRange.ANY);
    assertThat(flow.destinationPorts()).isEqualTo(new PortRange(5000, 5000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.0.0/16 -> 239.1.0.0/16",
        "192.0.2.1/32 -> 232.1.1.1/32 tcp/1-65535",
        "0.0.0.0/0 -> 224.0.0.0/4 icmp",
        "0.0.0.0/0 -> 239.1.1.1/32 200",
        "0:0:0:0:0:0:0:0/0 -> ff3e:0:0:0:0:0:0:1/128 udp/5000-5010",
      })
  void printsWhatItReads(String text) {
    assertThat(Flow.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  ::/0->ff15::7/128\tsctp/9  ",
        "2001:db8::/32 -> ff00::/8 any",
        "0.0.0.0/0->239.1.1.1/32 17/0-65535",
      })
  void acceptsOtherSpellings(String text) {
    Flow flow = Flow.parse(text);

    assertThat(Flow.parse(flow.toString())).isEqualTo(flow);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|1|expected the source address",
        "0.0.0.0/0|10|expected \"->\"",
        "0.0.0.0/0 239.1.1.1/32|11|expected \"->\"",
        "0.0.0.0 -> 239.1.1.1/32|8|expected \"/\" and the prefix length of the source",
        "0.0.0.0/33 -> 239.1.1.1/32|9|\"33\" is not a number 0-32",
        "0.0.0.0/00 -> 239.1.1.1/32|9|\"00\" is not a number 0-32",
        "0.0.0.0/-1 -> 239.1.1.1/32|9|\"\" is not a number 0-32",
        "0.0.0.0/99999999999 -> 239.1.1.1/32|9|is not a number 0-32",
        "10.0.0.1/8 -> 239.1.1.1/32|1|the network is 10.0.0.0/8",
        "10.1/16 -> 239.1.1.1/32|1|\"10.1\" is not an IPv4 or IPv6 address",
        "010.0.0.1/32 -> 239.1.1.1/32|1|is not an IPv4 or IPv6 address",
        "gcks.example/32 -> 239.1.1.1/32|1|is not an IPv4 or IPv6 address",
        "fe80::1%eth0/128 -> ff02::1/128|1|is not an IPv4 or IPv6 address",
        "::ffff:1.2.3.4/128 -> ff02::1/128|1|is not an IPv4 or IPv6 address",
        "1::2::3/128 -> ff02::1/128|1|is not an IPv4 or IPv6 address",
        "0.0.0.0/0 -> 10.1.1.1/32|14|destination 10.1.1.1/32 is not multicast",
        "0.0.0.0/0 -> 0.0.0.0/0|14|is not multicast (inside 224.0.0.0/4)",
        "::/0 -> ff00::/7|9|bits set beyond the prefix",
        "::/0 -> fe00::/7|9|is not multicast (inside ff00::/8)",
        "239.0.0.0/8 -> 239.1.1.1/32|1|source 239.0.0.0/8 is multicast",
        "0.0.0.0/0 -> ff02::1/128|14|not of one address family",
        "0.0.0.0/0 -> 239.1.1.1/32 upd|27|\"upd\" is not a protocol: a number 1-255 or any, dccp,",
        "0.0.0.0/0 -> 239.1.1.1/32 256|27|\"256\" is not a protocol",
        "0.0.0.0/0 -> 239.1.1.1/32 0|27|\"0\" is not a protocol",
        "0.0.0.0/0 -> 239.1.1.1/32 icmp/8|31|protocol icmp has no ports",
        "0.0.0.0/0 -> 239.1.1.1/32 any/8|30|protocol any has no ports",
        "0.0.0.0/0 -> 239.1.1.1/32 udp/|31|port \"\" is not a number 0-65535",
        "0.0.0.0/0 -> 239.1.1.1/32 udp/70000|31|port \"70000\" is not a number 0-65535",
        "0.0.0.0/0 -> 239.1.1.1/32 udp/5-|33|last port \"\" is not a number",
        "0.0.0.0/0 -> 239.1.1.1/32 udp/9-5|31|port range 9-5 is backwards",
        "0.0.0.0/0 -> 239.1.1.1/32 udp/5-9-11|34|unexpected \"-11\" after the end",
        "0.0.0.0/0 -> 239.1.1.1/32 udp/5 tcp|33|unexpected \"tcp\" after the end",
      })
  void saysWhatIsWrongAndWhere(String text, int position, String problem) {
    FlowSyntaxException e = catchThrowableOfType(FlowSyntaxException.class, () -> Flow.parse(text));

    assertThat(e).isNotNull();
    assertThat(e.position()).as(e.getMessage()).isEqualTo(position);
    assertThat(e).hasMessageContaining(problem).hasMessageContaining(Flow.EXAMPLE);
  }

  @Test
  void anyTextIsEitherAFlowOrASyntaxError() {
    long seed = 20260101;
    Random random = new Random(seed);
    String alphabet = "0123456789./:->fudp anyFe% \t\u00e9";
    String valid = "10.0.0.0/8 -> 239.1.1.1/32 udp/5000-5010";
    for (int run = 0; run < 20_000; run++) {
      StringBuilder text = new StringBuilder(valid);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(text.length());
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, c);
          case 1 -> text.insert(at, c);
          default -> text.deleteCharAt(at);
        }
      }
      try {
        Flow flow = Flow.parse(text.toString());
        assertThat(flow.destination().isMulticast()).isTrue();
      } catch (FlowSyntaxException e) {
        assertThat(e.position())
            .as("seed %d run %d: %s", seed, run, text)
            .isBetween(1, text.length() + 1);
      }
    }
  }

  @Test
  void refusesNonsenseValues() {
    Flow flow = Flow.parse(Flow.EXAMPLE);
    assertThatThrownBy(
            () ->
                new Flow(flow.source(), flow.destination(), 1, PortRange.ANY, new PortRange(1, 2)))
        .hasMessageContaining("icmp has no ports");
    assertThatThrownBy(() -> new PortRange(2, 1)).hasMessageContaining("backwards");
    assertThatThrownBy(() -> new PortRange(0, 65536)).hasMessageContaining("outside");
  }
}
