package io.gkm.gateway;

import static io.gkm.gateway.GatewayNetwork.LAN;
import static io.gkm.gateway.GatewayNetwork.WAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.lab.Capture;
import io.gkm.lab.CapturedPacket;
import io.gkm.lab.DatagramFlow;
import io.gkm.lab.Traffic;
import io.gkm.netlink.mroute.MrouteException;
import io.gkm.netlink.mroute.MulticastFamily;
import io.gkm.netlink.mroute.MulticastRoute;
import io.gkm.netlink.mroute.MulticastRouter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Multicast routes of a real kernel: what is forwarded from site A to the wan, and what is not. */
@Tag("kernel")
@Tag("full-kernel")
@Tag("newer-kernel")
@Timeout(120)
class MulticastRouterKernelTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private GatewayNetwork network;
  private int lan;
  private int wan;

  @BeforeEach
  void open() throws Exception {
    network = new GatewayNetwork();
    lan = network.link(network.gatewayA, LAN);
    wan = network.link(network.gatewayA, WAN);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @ParameterizedTest(name = "IPv6: {0}")
  @ValueSource(booleans = {false, true})
  void aRouteOfOneSourceForwardsThatSourceAlone(boolean ipv6) throws Exception {
    Capture onTheWan = Capture.start(network.lab, network.wan, CapturedPacket::isUdp);
    try (MulticastRouter router = router(ipv6)) {
      router.add(route(ipv6, 2));
      Traffic.send(network.two, flow(ipv6, "other"), 3);
      Traffic.send(network.one, flow(ipv6, "wanted"), 3);
      onTheWan.awaitPacket(p -> p.shows("wanted 2"), SOON);
      List<CapturedPacket> packets = onTheWan.stop();
      assertThat(packets).hasSize(3).allMatch(p -> p.shows("wanted"));
      // Its source is kept.
      assertThat(packets).allMatch(p -> p.source().equals(GatewayNetwork.sourceAddress(ipv6, 2)));
    }
  }

  @ParameterizedTest(name = "IPv6: {0}")
  @ValueSource(booleans = {false, true})
  void aRouteOfAnySourceForwardsAllUntilItIsRemoved(boolean ipv6) throws Exception {
    Capture onTheWan = Capture.start(network.lab, network.wan, CapturedPacket::isUdp);
    try (MulticastRouter router = router(ipv6)) {
      router.add(any(ipv6));
      Traffic.send(network.one, flow(ipv6, "first"), 1);
      Traffic.send(network.two, flow(ipv6, "second"), 1);
      onTheWan.awaitPacket(p -> p.shows("first"), SOON);
      onTheWan.awaitPacket(p -> p.shows("second"), SOON);
      router.remove(any(ipv6));
      assertThat(router.routes()).isEmpty();
      Traffic.send(network.one, flow(ipv6, "lost"), 3);
      router.add(route(ipv6, 3));
      Traffic.send(network.two, flow(ipv6, "last"), 1);
      onTheWan.awaitPacket(p -> p.shows("last"), SOON);
      assertThat(onTheWan.stop()).noneMatch(p -> p.shows("lost"));
    }
  }

  /** From the wan the route does not lead into the site: only its own incoming link counts. */
  @ParameterizedTest(name = "IPv6: {0}")
  @ValueSource(booleans = {false, true})
  void nothingIsForwardedFromAnotherLink(boolean ipv6) throws Exception {
    Capture onTheSite = Capture.start(network.lab, network.siteA, CapturedPacket::isUdp);
    Capture onTheWan = Capture.start(network.lab, network.wan, CapturedPacket::isUdp);
    try (MulticastRouter router = router(ipv6)) {
      router.add(any(ipv6));
      Traffic.send(network.gatewayB, flow(ipv6, "backwards"), 3);
      Traffic.send(network.one, flow(ipv6, "forwards"), 1);
      onTheWan.awaitPacket(p -> p.shows("forwards"), SOON);
      onTheSite.awaitPacket(p -> p.shows("forwards"), SOON);
      assertThat(onTheWan.stop()).anyMatch(p -> p.shows("backwards 2"));
      assertThat(onTheSite.stop()).noneMatch(p -> p.shows("backwards"));
    }
  }

  @ParameterizedTest(name = "IPv6: {0}")
  @ValueSource(booleans = {false, true})
  void whoClosesLeavesNothingBehind(boolean ipv6) throws Exception {
    try (MulticastRouter router = router(ipv6)) {
      router.add(any(ipv6));
      assertThat(kernelRoutes(ipv6)).contains(ipv6 ? "ff15::1" : "239.1.1.1");
    }
    assertThat(kernelRoutes(ipv6)).doesNotContain(ipv6 ? "ff15::1" : "239.1.1.1");
    // Another may have it now.
    router(ipv6).close();
  }

  @ParameterizedTest(name = "IPv6: {0}")
  @ValueSource(booleans = {false, true})
  void onlyOneMayRoute(boolean ipv6) throws Exception {
    try (MulticastRouter router = router(ipv6)) {
      assertThat(router.routes()).isEmpty();
      assertThatThrownBy(() -> router(ipv6))
          .isInstanceOfSatisfying(
              MrouteException.class, e -> assertThat(e.isOwnedByAnother()).isTrue())
          .hasMessageContaining("another program owns it");
    }
  }

  @ParameterizedTest(name = "IPv6: {0}")
  @ValueSource(booleans = {false, true})
  void aLinkThatIsNotThereOrWentIsRefusedOrForgotten(boolean ipv6) throws Exception {
    network.gatewayA.ip("link add spare0 type dummy", "link set spare0 up");
    int spare = network.link(network.gatewayA, "spare0");
    try (MulticastRouter router = router(ipv6)) {
      MulticastRoute toNowhere =
          new MulticastRoute(
              GatewayNetwork.sourceAddress(ipv6, 2), GatewayNetwork.group(ipv6), lan, Set.of(4711));
      assertThatThrownBy(() -> router.add(toNowhere))
          .isInstanceOf(MrouteException.class)
          .hasMessageContaining("link 4711");
      assertThat(router.routes()).isEmpty();
      MulticastRoute toSpare =
          new MulticastRoute(
              GatewayNetwork.sourceAddress(ipv6, 2),
              GatewayNetwork.group(ipv6),
              lan,
              Set.of(spare));
      router.add(toSpare);
      network.gatewayA.ip("link delete spare0");
      router.removeLink(spare);
      assertThat(router.routes()).isEmpty();
      // Its place in the table is free for another link.
      Capture onTheWan = Capture.start(network.lab, network.wan, CapturedPacket::isUdp);
      router.add(route(ipv6, 2));
      Traffic.send(network.one, flow(ipv6, "again"), 1);
      onTheWan.awaitPacket(p -> p.shows("again"), SOON);
    }
  }

  /** A route for the same packets takes the old one's place. */
  @Test
  void aRouteIsReplaced() throws Exception {
    try (MulticastRouter router = router(false)) {
      router.add(route(false, 2));
      router.add(route(false, 2));
      MulticastRoute nowhere =
          new MulticastRoute(
              GatewayNetwork.sourceAddress(false, 2), GatewayNetwork.group(false), lan, Set.of());
      router.add(nowhere);
      assertThat(router.routes()).containsExactly(nowhere);
      assertThat(kernelRoutes(false).lines().filter(l -> l.contains("239.1.1.1"))).hasSize(1);
    }
  }

  private String kernelRoutes(boolean ipv6) {
    return network.gatewayA.exec("ip", ipv6 ? "-6" : "-4", "mroute", "show").orThrow().stdout();
  }

  private MulticastRouter router(boolean ipv6) throws Exception {
    return MulticastRouter.open(
        ipv6 ? MulticastFamily.IPV6 : MulticastFamily.IPV4,
        GatewayNetwork.namespace(network.gatewayA));
  }

  private MulticastRoute route(boolean ipv6, int host) {
    return new MulticastRoute(
        GatewayNetwork.sourceAddress(ipv6, host), GatewayNetwork.group(ipv6), lan, Set.of(wan));
  }

  private MulticastRoute any(boolean ipv6) {
    return new MulticastRoute(
        GatewayNetwork.address(ipv6 ? "::" : "0.0.0.0"),
        GatewayNetwork.group(ipv6),
        lan,
        Set.of(wan));
  }

  private static DatagramFlow flow(boolean ipv6, String marker) {
    return GatewayNetwork.flow(ipv6, marker);
  }
}
