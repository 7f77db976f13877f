package io.gkm.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.ScriptedKernel;
import io.gkm.netlink.StructWriter;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteClientTest {
  private static final int NEWLINK = 16;

  private final ScriptedKernel kernel = new ScriptedKernel();
  private final RouteClient client = RouteClient.over(kernel);

  @Test
  void aListThatWasInterruptedIsAskedForAgain() throws Exception {
    kernel.then(
        r -> {
          NetlinkMessage request = r.get(0);
          kernel.deliver(ScriptedKernel.reply(request, NEWLINK, link(0, 1, "old")));
          kernel.deliver(ScriptedKernel.done(request, NetlinkMessage.F_DUMP_INTR, 0));
        });
    kernel.then(
        r -> {
          NetlinkMessage request = r.get(0);
          kernel.deliver(
              ScriptedKernel.reply(request, NEWLINK, link(0, 2, "new")),
              // A port of a bridge, told in the same message type.
              ScriptedKernel.reply(request, NEWLINK, link(7, 2, "new")),
              // A type that nobody asked for.
              ScriptedKernel.reply(request, 99, new byte[3]));
          kernel.deliver(ScriptedKernel.done(request, 0, 0));
        });
    assertThat(client.links()).extracting(Link::name).containsExactly("new");
  }

  @Test
  void aLinkThatIsNotThereIsEmptyAndOtherRefusalsAreThrown() throws Exception {
    kernel.then(r -> kernel.deliver(ScriptedKernel.error(r.get(0), Errno.ENODEV)));
    assertThat(client.link("nowhere")).isEmpty();
    kernel.then(r -> kernel.deliver(ScriptedKernel.error(r.get(0), Errno.EINVAL)));
    assertThatThrownBy(() -> client.link(5))
        .isInstanceOf(RouteException.class)
        .hasMessage("get link 5: EINVAL");
  }

  @Test
  void aKernelWithoutXfrmInterfacesIsNamed() {
    kernel.then(
        r ->
            kernel.deliver(
                ScriptedKernel.error(
                    r.get(0),
                    Errno.EOPNOTSUPP,
                    "Unknown device type",
                    OptionalInt.empty(),
                    OptionalInt.empty())));
    assertThatThrownBy(() -> client.addXfrmInterface("gkmx", new XfrmInterface(2, 42)))
        .isInstanceOfSatisfying(
            RouteException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP))
        .hasMessage(
            "create xfrm interface gkmx (if_id 0x2a over link 2): EOPNOTSUPP: Unknown device type;"
                + " this kernel has no xfrm interfaces (module xfrm_interface, Linux 4.19 or newer)");
  }

  @Test
  void refusalsSayWhatHelps() {
    kernel.then(r -> kernel.deliver(ScriptedKernel.error(r.get(0), Errno.EPERM)));
    assertThatThrownBy(() -> client.setUp(3, true))
        .hasMessage("set link 3 up: EPERM; it needs CAP_NET_ADMIN in this network namespace");
    kernel.then(r -> kernel.deliver(ScriptedKernel.error(r.get(0), Errno.EEXIST)));
    assertThatThrownBy(() -> client.addXfrmInterface("gkmx", new XfrmInterface(2, 42)))
        .hasMessageContaining("there is a link of this name, or an xfrm interface with this if_id");
    kernel.then(r -> kernel.deliver(ScriptedKernel.error(r.get(0), Errno.ENODEV)));
    assertThatThrownBy(() -> client.deleteLink(9))
        .hasMessage("delete link 9: ENODEV; there is no such link");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sixteen-letters-",
        "a b",
        "a/b",
        "a:b",
        ".",
        "..",
        "a\tb",
        "a\u0000b",
        "\u20ac"
      })
  void whatIsNoNameIsNotSent(String name) {
    assertThatThrownBy(() -> client.link(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.addXfrmInterface(name, new XfrmInterface(2, 42)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(kernel.sent()).isEmpty();
  }

  @Test
  void interfaceIdZeroIsNotSent() {
    assertThatThrownBy(() -> client.addXfrmInterface("gkmx", new XfrmInterface(2, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLinkWithoutNameOrIndexIsMalformed() {
    for (byte[] broken : new byte[][] {link(0, 0, "name"), link(0, -1, "name"), link(0, 1, "")}) {
      kernel.then(r -> kernel.deliver(ScriptedKernel.reply(r.get(0), NEWLINK, broken)));
      assertThatThrownBy(() -> client.link(1)).isInstanceOf(NetlinkCodecException.class);
    }
  }

  /** The name of the link, of which the kernel may say anything, in the octets it came in. */
  @Test
  void aNameIsKeptOctetByOctet() throws Exception {
    String name = "l\u00e4n\u00ff";
    kernel.then(
        r ->
            kernel.deliver(
                ScriptedKernel.reply(r.get(0), NEWLINK, link(0, 4, name)),
                ScriptedKernel.ack(r.get(0))));
    assertThat(client.link(name).orElseThrow().name()).isEqualTo(name);
  }

  static byte[] link(int family, int index, String name) {
    try (StructWriter out = new StructWriter()) {
      out.u8(family).u8(0).u16(1).u32(index).u32(0x1043).u32(0);
      int start = out.beginAttribute(3);
      out.text(name).u8(0).endAttribute(start);
      return out.toBytes();
    }
  }
}
