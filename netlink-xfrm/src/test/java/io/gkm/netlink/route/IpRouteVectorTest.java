package io.gkm.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.CaptureFiles;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.ScriptedKernel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the client sends is what ip(8) sends, octet for octet but for sequence number and port id,
 * and what a kernel answered to ip is read as what ip showed.
 */
class IpRouteVectorTest {
  private static final CaptureFiles FILES =
      CaptureFiles.beside(IpRouteVectorTest.class, "captures/link-list.hex");

  /** The index that gkmx had in the recording. */
  private static final int GKMX = 3;

  /** Something that a client is asked to do. */
  private interface Call {
    void on(RouteClient client) throws Exception;
  }

  @Test
  void anXfrmInterfaceIsMadeAsIpMakesIt() throws Exception {
    sendsAsIp("link-add-xfrm", c -> c.addXfrmInterface("gkmx", new XfrmInterface(7, 42)));
  }

  @Test
  void aLinkIsChangedAndDeletedAsIpDoesIt() throws Exception {
    sendsAsIp("link-set-mtu", c -> c.setMtu(GKMX, 1400));
    sendsAsIp("link-set-up", c -> c.setUp(GKMX, true));
    sendsAsIp("link-set-down", c -> c.setUp(GKMX, false));
    sendsAsIp("link-delete", c -> c.deleteLink(GKMX));
  }

  private static void sendsAsIp(String name, Call call) throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().thenGrant();
    // A new link is read back; the recorded answer stands for it.
    byte[] link = payload(links("link-get").get(0));
    kernel.then(
        requests ->
            requests.forEach(
                r -> kernel.deliver(ScriptedKernel.reply(r, 16, link), ScriptedKernel.ack(r))));
    try (RouteClient client = RouteClient.over(kernel)) {
      call.on(client);
    }
    List<NetlinkMessage> theirs = ScriptedKernel.messages(FILES.requests(name));
    // ip looks up names first; what it asked for comes last.
    NetlinkMessage wanted = theirs.get(theirs.size() - 1);
    NetlinkMessage ours = ScriptedKernel.messages(kernel.sent().get(0)).get(0);
    assertThat(ours.type()).isEqualTo(wanted.type());
    assertThat(ours.flags()).isEqualTo(wanted.flags());
    assertThat(hex(ours)).isEqualTo(hex(wanted));
  }

  @Test
  void recordedLinksAreRead() throws Exception {
    List<Link> links = new ArrayList<>();
    for (NetlinkMessage message : links("link-list")) {
      Link.decode(message.payload()).ifPresent(links::add);
    }
    assertThat(links).extracting(Link::name).containsExactly("lo", "gkm1", "gkmx", "gkm0");
    Link loopback = links.get(0);
    assertThat(loopback.isLoopback()).isTrue();
    assertThat(loopback.kind()).isEmpty();
    assertThat(loopback.mtu()).isEqualTo(65536);
    Link veth = links.get(3);
    assertThat(veth.index()).isEqualTo(7);
    assertThat(veth.kind()).hasValue("veth");
    assertThat(veth.xfrm()).isEmpty();
    assertThat(veth.isRunning()).isTrue();
    assertThat(veth.hasMulticast()).isTrue();
    Link xfrm = links.get(2);
    assertThat(xfrm.index()).isEqualTo(GKMX);
    assertThat(xfrm.kind()).hasValue(XfrmInterface.KIND);
    assertThat(xfrm.xfrm()).hasValue(new XfrmInterface(7, 42));
    assertThat(xfrm.mtu()).isEqualTo(1400);
    assertThat(xfrm.isUp()).isTrue();
  }

  @Test
  void recordedAddressesAreRead() throws Exception {
    List<LinkAddress> addresses = new ArrayList<>();
    for (NetlinkMessage message : messages("address-list", 20)) {
      Optional<LinkAddress> address = LinkAddress.decode(message.payload());
      address.ifPresent(addresses::add);
    }
    assertThat(addresses)
        .filteredOn(a -> !a.address().isLinkLocalAddress())
        .extracting(a -> a.link() + " " + a.address().getHostAddress() + "/" + a.prefixLength())
        .containsExactly(
            "1 127.0.0.1/8",
            // IFA_LOCAL, not the other end's 10.8.0.2.
            "3 10.8.0.1/32",
            "7 10.1.2.3/16",
            "1 0:0:0:0:0:0:0:1/128",
            "7 2001:db8:0:0:0:0:0:7/64");
    // Of those that were just made some wait for the check for duplicates; 2001:db8::7 needs none.
    assertThat(addresses)
        .filteredOn(a -> !a.isUsable())
        .extracting(LinkAddress::address)
        .containsExactly(
            InetAddress.getByName("fe80::9812:2ff:fe7a:c48c"),
            InetAddress.getByName("fe80::1c7b:a9ff:fe2c:d4b5"));
    assertThat(addresses).noneMatch(LinkAddress::isDeprecated);
  }

  private static List<NetlinkMessage> links(String name) throws Exception {
    return messages(name, 16);
  }

  private static List<NetlinkMessage> messages(String name, int type) throws Exception {
    List<NetlinkMessage> messages = new ArrayList<>();
    for (byte[] datagram : FILES.replies(name)) {
      ScriptedKernel.messages(datagram).stream()
          .filter(m -> m.type() == type)
          .forEach(messages::add);
    }
    return messages;
  }

  private static String hex(NetlinkMessage message) throws Exception {
    return HexFormat.of().formatHex(payload(message));
  }

  private static byte[] payload(NetlinkMessage message) throws Exception {
    return message.payload().copy().bytes("payload", message.payload().remaining());
  }
}
