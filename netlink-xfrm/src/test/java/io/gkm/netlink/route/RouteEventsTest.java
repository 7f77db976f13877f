package io.gkm.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.ScriptedKernel;
import io.gkm.netlink.StructWriter;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RouteEventsTest {
  private static final NetlinkMessage NOBODY = ScriptedKernel.header(0, 0, 0);

  private final ScriptedKernel kernel = new ScriptedKernel();
  private final BlockingQueue<RouteEvent> seen = new LinkedBlockingQueue<>();

  @Test
  void linksAndAddressesComeAndGo() throws Exception {
    byte[] link = RouteClientTest.link(0, 5, "lan");
    tell(16, link);
    tell(17, link);
    tell(20, address(2, 24, 5, "0a010203"));
    tell(21, address(2, 24, 5, "0a010203"));
    listen();
    assertThat(next(RouteEvent.LinkChanged.class).link().name()).isEqualTo("lan");
    assertThat(next(RouteEvent.LinkRemoved.class).link().index()).isEqualTo(5);
    LinkAddress address = next(RouteEvent.AddressChanged.class).address();
    assertThat(address.address().getHostAddress()).isEqualTo("10.1.2.3");
    assertThat(next(RouteEvent.AddressRemoved.class).address()).isEqualTo(address);
  }

  /** A port that leaves a bridge is told as RTM_DELLINK of another family: the link stays. */
  @Test
  void whatIsNotAboutLinksOrAddressesIsNotTold() throws Exception {
    tell(17, RouteClientTest.link(7, 5, "lan"));
    tell(24, new byte[0]);
    tell(20, address(17, 8, 5, "0a"));
    tell(16, RouteClientTest.link(0, 5, "lan"));
    listen();
    next(RouteEvent.LinkChanged.class);
  }

  @Test
  void whatIsLostOrUnreadableAsksForAResync() throws Exception {
    kernel.fail(Errno.ENOBUFS);
    tell(20, address(2, 33, 5, "0a010203"));
    tell(20, address(10, 64, 5, "0a010203"));
    tell(16, new byte[7]);
    listen();
    assertThat(next(RouteEvent.ResyncNeeded.class).why()).contains("lost");
    assertThat(next(RouteEvent.ResyncNeeded.class).why()).contains("prefix length 33");
    assertThat(next(RouteEvent.ResyncNeeded.class).why()).contains("IFA_ADDRESS");
    assertThat(next(RouteEvent.ResyncNeeded.class).why()).contains("ifi_");
  }

  /** What was queued is told; then the script's receive fails, as a broken socket's would. */
  private void listen() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    Consumer<RouteEvent> listener =
        event -> {
          seen.add(event);
          if (event instanceof RouteEvent.Stopped) {
            stopped.countDown();
          }
        };
    try (RouteEvents events = RouteEvents.over(kernel, listener)) {
      assertThat(events).isNotNull();
      assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(kernel.isClosed()).isTrue();
  }

  private void tell(int type, byte[] payload) {
    kernel.deliver(ScriptedKernel.reply(NOBODY, type, payload));
  }

  private <T extends RouteEvent> T next(Class<T> type) throws Exception {
    RouteEvent event = seen.poll(10, TimeUnit.SECONDS);
    assertThat(event).isInstanceOf(type);
    return type.cast(event);
  }

  private static byte[] address(int family, int prefixLength, int index, String hex) {
    try (StructWriter out = new StructWriter()) {
      out.u8(family).u8(prefixLength).u8(0x80).u8(0).u32(index);
      int start = out.beginAttribute(1);
      out.bytes(HexFormat.of().parseHex(hex)).endAttribute(start);
      return out.toBytes();
    }
  }
}
