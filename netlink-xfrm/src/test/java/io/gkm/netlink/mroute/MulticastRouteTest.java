package io.gkm.netlink.mroute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.netlink.Errno;
import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MulticastRouteTest {
  @Test
  void saysWhatItDoes() throws Exception {
    assertThat(route("10.1.0.2", "239.1.1.1", 3, Set.of(9, 7)))
        .hasToString("(10.1.0.2, 239.1.1.1) link 3 to links [7, 9]");
    MulticastRoute any = route("::", "ff15::1", 3, Set.of());
    assertThat(any).hasToString("(*, ff15:0:0:0:0:0:0:1) link 3 to links []");
    assertThat(any.family()).isEqualTo(MulticastFamily.IPV6);
    assertThat(any.uses(3)).isTrue();
    assertThat(any.uses(4)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.2, 10.1.0.3, 3, 4, no group",
    "239.1.1.2, 239.1.1.1, 3, 4, a group as source",
    "10.1.0.2, ff15::1, 3, 4, two families",
    "10.1.0.2, 224.0.0.5, 3, 4, never forwarded",
    "fd01::2, ff02::5, 3, 4, never forwarded",
    "fd01::2, ff01::5, 3, 4, never forwarded",
    "10.1.0.2, 239.1.1.1, 3, 3, back to where it came from",
    "10.1.0.2, 239.1.1.1, 0, 3, no link",
    "10.1.0.2, 239.1.1.1, 3, 0, no link",
  })
  void whatIsNoRouteIsRefused(String source, String group, int in, int out, String why) {
    assertThatThrownBy(() -> route(source, group, in, Set.of(out)))
        .as(why)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no multicast route: ");
  }

  @Test
  void refusalsSayWhatHelps() {
    assertThat(refusal(MulticastFamily.IPV4, Errno.EADDRINUSE))
        .hasMessage(
            "IPv4 multicast routing: not available: EADDRINUSE; another program owns it (such as"
                + " smcrouted, pimd or igmpproxy): stop that, or have it set the routes");
    assertThat(refusal(MulticastFamily.IPV6, Errno.ENOPROTOOPT))
        .hasMessageContaining("this kernel was built without it (CONFIG_IPV6_MROUTE)");
    assertThat(refusal(MulticastFamily.IPV6, Errno.EPERM)).hasMessageContaining("CAP_NET_ADMIN");
    assertThat(refusal(MulticastFamily.IPV6, Errno.EAFNOSUPPORT)).hasMessageContaining("no IPv6");
    assertThat(new MrouteException(MulticastFamily.IPV4, "all taken", 0, ""))
        .hasMessage("IPv4 multicast routing: all taken");
  }

  private static MrouteException refusal(MulticastFamily family, int errno) {
    return new MrouteException(family, "not available", errno, MrouteException.hint(family, errno));
  }

  private static MulticastRoute route(String source, String group, int in, Set<Integer> out)
      throws Exception {
    return new MulticastRoute(InetAddress.getByName(source), InetAddress.getByName(group), in, out);
  }
}
