package io.gkm.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.group.DesiredState;
import io.gkm.group.Flow;
import io.gkm.group.GroupState;
import io.gkm.ike.Moment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which membership reports pass beside the guards. */
class NeedsTest {
  private static List<String> bypasses(String flow, String... exceptions) {
    List<Flow> bypass = Arrays.stream(exceptions).map(Flow::parse).toList();
    DesiredState desired =
        new DesiredState(
            List.of(new GroupState("g", List.of(Flow.parse(flow)), bypass, List.of())));
    return Needs.of(desired, false, new Moment(0)).get(0).bypasses().stream()
        .map(KernelSelector::toString)
        .toList();
  }

  @Test
  void igmpPassesWhereAllOfIpv4IsGuarded() {
    assertThat(bypasses("10.0.0.0/8 -> 239.1.1.1/32"))
        .containsExactly("10.0.0.0/8 -> 239.1.1.1/32 proto 2");
    assertThat(bypasses("10.0.0.0/8 -> 239.1.1.1/32 udp/5000")).isEmpty();
    assertThat(bypasses("10.0.0.0/8 -> 239.1.1.1/32 icmp")).isEmpty();
  }

  @Test
  void mldAndNoOtherIcmpv6PassesWhereAllOfIpv6OrIcmpv6IsGuarded() {
    for (String flow : List.of("::/0 -> ff3e::1/128", "::/0 -> ff3e::1/128 58")) {
      assertThat(bypasses(flow))
          .hasSize(4)
          .allMatch(
              text -> text.startsWith("0:0:0:0:0:0:0:0/0 -> ff3e:0:0:0:0:0:0:1/128 proto 58"));
      assertThat(bypasses(flow).toString())
          .contains(" ports 130 -> any", " ports 131 ->", " ports 132 ->", " ports 143 ->");
    }
    assertThat(bypasses("::/0 -> ff3e::1/128 udp/5000")).isEmpty();
  }

  @Test
  void whatTheConfigurationExceptsPassesToo() {
    assertThat(
            bypasses("10.0.0.0/8 -> 239.1.1.0/24 udp", "10.0.0.5/32 -> 239.1.1.1/32 udp/5000-5001"))
        .containsExactly("10.0.0.5/32 -> 239.1.1.1/32 proto 17 ports any -> 5000/0xfffe");
  }

  @Test
  void theBypassOfATypeMatchesThatTypeOnly() throws Exception {
    KernelSelector selector =
        SelectorMath.around(Flow.parse("::/0 -> ff3e::1/128")).withIcmpv6Type(131);
    var from = java.net.InetAddress.getByName("2001:db8::1");
    var to = java.net.InetAddress.getByName("ff3e::1");

    assertThat(selector.matches(from, to, 58, 131, 0)).isTrue();
    assertThat(selector.matches(from, to, 58, 128, 0)).isFalse();
    assertThat(selector.matches(from, to, 17, 131, 0)).isFalse();
  }
}
