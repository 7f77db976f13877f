package io.gkm.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetworkNamespace;
import io.gkm.netlink.xfrm.TestNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links and addresses of a real kernel, with ip(8) as a witness. */
@Tag("kernel")
@Tag("full-kernel")
@Tag("newer-kernel")
@Timeout(120)
class RouteKernelTest {
  private TestNamespace namespace;
  private RouteClient client;
  private Link lan;

  @BeforeEach
  void open() throws Exception {
    namespace = TestNamespace.make("route");
    client = RouteClient.open(NetworkNamespace.of(namespace.name()));
    namespace.ip("link", "add", "lan", "type", "veth", "peer", "name", "peer");
    namespace.ip("link", "set", "lan", "up");
    namespace.ip("link", "set", "peer", "up");
    lan = client.link("lan").orElseThrow();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    namespace.close();
  }

  @Test
  void linksAreFoundByNameByIndexAndInTheList() throws Exception {
    assertThat(lan.isUp()).isTrue();
    assertThat(lan.isRunning()).isTrue();
    assertThat(lan.kind()).hasValue("veth");
    assertThat(lan.mtu()).isEqualTo(1500);
    assertThat(client.link(lan.index())).hasValue(lan);
    assertThat(client.links()).extracting(Link::name).contains("lo", "lan", "peer");
    assertThat(client.link("nowhere")).isEmpty();
    assertThat(client.link(4711)).isEmpty();
  }

  @Test
  void anXfrmInterfaceIsMadeChangedAndDeleted() throws Exception {
    Link made = client.addXfrmInterface("gkmx", new XfrmInterface(lan.index(), 42));
    assertThat(made.xfrm()).hasValue(new XfrmInterface(lan.index(), 42));
    assertThat(made.isUp()).isFalse();
    client.setMtu(made.index(), 1400);
    client.setUp(made.index(), true);
    assertThat(namespace.ip("-d", "link", "show", "dev", "gkmx"))
        .contains("gkmx@lan")
        .contains("mtu 1400")
        .contains(",UP,")
        .contains("xfrm if_id 0x2a");
    Link changed = client.link("gkmx").orElseThrow();
    assertThat(changed.mtu()).isEqualTo(1400);
    assertThat(changed.isUp()).isTrue();
    client.setUp(made.index(), false);
    assertThat(client.link("gkmx").orElseThrow().isUp()).isFalse();
    client.deleteLink(made.index());
    assertThat(client.link("gkmx")).isEmpty();
    assertThatThrownBy(() -> client.deleteLink(made.index()))
        .isInstanceOfSatisfying(
            RouteException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV));
  }

  @Test
  void aNameOrAnInterfaceIdThatIsTakenIsRefused() throws Exception {
    client.addXfrmInterface("gkmx", new XfrmInterface(lan.index(), 42));
    assertThatThrownBy(() -> client.addXfrmInterface("gkmx", new XfrmInterface(lan.index(), 43)))
        .isInstanceOfSatisfying(
            RouteException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST))
        .hasMessageContaining("a link of this name");
    assertThatThrownBy(() -> client.addXfrmInterface("gkmy", new XfrmInterface(lan.index(), 42)))
        .isInstanceOf(RouteException.class)
        .hasMessageContaining("an xfrm interface with this if_id");
    assertThatThrownBy(() -> client.setMtu(lan.index(), 10)).isInstanceOf(RouteException.class);
  }

  @Test
  void addressesOfBothFamiliesAreListed() throws Exception {
    namespace.ip("addr", "add", "10.3.0.1/24", "dev", "lan");
    namespace.ip("addr", "add", "10.4.0.1", "peer", "10.4.0.2/32", "dev", "peer");
    namespace.ip("addr", "add", "2001:db8:3::1/64", "dev", "lan", "nodad");
    List<String> own = new ArrayList<>();
    for (LinkAddress address : client.addresses()) {
      if (!address.address().isLinkLocalAddress()) {
        own.add(address.address().getHostAddress() + "/" + address.prefixLength());
        assertThat(address.isUsable()).isTrue();
      }
    }
    assertThat(own)
        .containsExactlyInAnyOrder("10.3.0.1/24", "10.4.0.1/32", "2001:db8:3:0:0:0:0:1/64");
  }

  @Test
  void whatHappensIsTold() throws Exception {
    BlockingQueue<RouteEvent> seen = new LinkedBlockingQueue<>();
    NetworkNamespace there = NetworkNamespace.of(namespace.name());
    try (RouteEvents events = RouteEvents.open(there, seen::add)) {
      assertThat(events).isNotNull();
      namespace.ip("addr", "add", "10.3.0.1/24", "dev", "lan");
      await(seen, e -> isAddress(e, true));
      namespace.ip("addr", "del", "10.3.0.1/24", "dev", "lan");
      await(seen, e -> isAddress(e, false));
      namespace.ip("link", "set", "peer", "down");
      await(seen, e -> changed(e, "lan").filter(l -> l.isUp() && !l.isRunning()).isPresent());
      namespace.ip("link", "set", "lan", "down");
      await(seen, e -> changed(e, "lan").filter(l -> !l.isUp()).isPresent());
      namespace.ip("link", "set", "lan", "name", "wan");
      await(seen, e -> changed(e, "wan").filter(l -> l.index() == lan.index()).isPresent());
      namespace.ip("link", "del", "wan");
      await(
          seen,
          e -> e instanceof RouteEvent.LinkRemoved gone && gone.link().index() == lan.index());
    }
  }

  /** A port that leaves a bridge is told as if a link went, of the bridge's family. */
  @Test
  void aPortThatLeavesABridgeIsStillThere() throws Exception {
    namespace.ip("link", "add", "bridge0", "type", "bridge");
    namespace.ip("link", "set", "lan", "master", "bridge0");
    BlockingQueue<RouteEvent> seen = new LinkedBlockingQueue<>();
    NetworkNamespace there = NetworkNamespace.of(namespace.name());
    try (RouteEvents events = RouteEvents.open(there, seen::add)) {
      assertThat(events).isNotNull();
      namespace.ip("link", "set", "lan", "nomaster");
      namespace.ip("link", "set", "lan", "mtu", "1300");
      List<RouteEvent> all =
          await(seen, e -> changed(e, "lan").filter(l -> l.mtu() == 1300).isPresent());
      assertThat(all).noneMatch(RouteEvent.LinkRemoved.class::isInstance);
      assertThat(all).noneMatch(RouteEvent.ResyncNeeded.class::isInstance);
    }
  }

  private static boolean isAddress(RouteEvent event, boolean there) {
    LinkAddress address = null;
    if (there && event instanceof RouteEvent.AddressChanged changed) {
      address = changed.address();
    } else if (!there && event instanceof RouteEvent.AddressRemoved removed) {
      address = removed.address();
    }
    return address != null && address.address().getHostAddress().equals("10.3.0.1");
  }

  private static Optional<Link> changed(RouteEvent event, String name) {
    return event instanceof RouteEvent.LinkChanged changed && changed.link().name().equals(name)
        ? Optional.of(changed.link())
        : Optional.empty();
  }

  private static List<RouteEvent> await(
      BlockingQueue<RouteEvent> seen, Predicate<RouteEvent> wanted) throws InterruptedException {
    List<RouteEvent> all = new ArrayList<>();
    while (true) {
      RouteEvent event = seen.poll(20, TimeUnit.SECONDS);
      assertThat(event).as("after %s", all).isNotNull();
      all.add(event);
      if (wanted.test(event)) {
        return all;
      }
    }
  }
}
