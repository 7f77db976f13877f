package io.gkm.dataplane.iv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.netlink.xfrm.XfrmSelector;
import io.gkm.netlink.xfrm.XfrmSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packet is one that the selector matches. */
class ProbeFlowTest {
  /** Protocol, source port and mask, destination port and mask. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, 0",
    "17, 0, 0, 5000, 65535",
    "17, 5000, 65535, 5000, 65535",
    "17, 0, 0, 5008, 65528",
    "17, 4096, 61440, 0, 0",
    "17, 0, 0, 0, 65528",
    "17, 0, 0, 0, 65535",
    "17, 0, 0, 0, 9",
    "50, 0, 0, 0, 0",
    "1, 0, 0, 0, 0",
  })
  void itMatches(int protocol, int sport, int sportMask, int dport, int dportMask)
      throws Exception {
    InetAddress group = InetAddress.getByName("239.1.1.1");
    XfrmSelector selector =
        XfrmSelector.of(InetAddress.getByName("10.1.2.0"), 24, group, 32)
            .with(protocol, sport, sportMask, dport, dportMask);
    XfrmSocket.Packet packet = ProbeFlow.of(selector, group);
    assertThat(packet.destination()).isEqualTo(group);
    assertThat(packet.source()).isEqualTo(InetAddress.getByName("10.1.2.0"));
    assertThat(packet.ipProtocol()).isEqualTo(protocol == 0 ? 17 : protocol);
    assertThat(packet.sourcePort() & sportMask).isEqualTo(sport);
    assertThat(packet.destinationPort() & dportMask).isEqualTo(dport);
    // Only where the mask asks for port 0 and nothing else.
    assertThat(packet.destinationPort() == 0).isEqualTo(dport == 0 && dportMask == 0xffff);
  }

  @Test
  void anySourceIsNobodysAddress() throws Exception {
    InetAddress four = InetAddress.getByName("239.1.1.1");
    InetAddress six = InetAddress.getByName("ff15::1");
    assertThat(ProbeFlow.of(XfrmSelector.any(four), four).source())
        .isEqualTo(InetAddress.getByName("203.0.113.253"));
    assertThat(ProbeFlow.of(XfrmSelector.any(six), six).source())
        .isEqualTo(InetAddress.getByName("100::fffd"));
  }

  @Test
  void portsOfOtherProtocolsAreRefused() throws Exception {
    InetAddress group = InetAddress.getByName("239.1.1.1");
    XfrmSelector sctp = XfrmSelector.any(group).with(132, 0, 0, 5000, 0xffff);
    assertThatThrownBy(() -> ProbeFlow.of(sctp, group))
        .isInstanceOf(DrawingException.class)
        .hasMessageContaining("IP protocol 132");
  }
}
