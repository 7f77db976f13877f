package io.gkm.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gkm.netlink.BoundedDecoding;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.StructReader;
import java.util.Optional;

/** What is told about links and addresses, whatever its octets. */
class RouteDecoderFuzzTest {
  /** A datagram from the kernel. */
  @FuzzTest
  void routeDatagram(byte[] data) {
    try {
      StructReader in = StructReader.of(data);
      while (in.remaining() > 0) {
        NetlinkMessage message = NetlinkMessage.decode(in);
        Optional<RouteEvent> event =
            BoundedDecoding.decode(
                message.payload(),
                octets -> RouteEvents.decode(new NetlinkMessage(message.type(), 0, 0, 0, octets)));
        event.ifPresent(e -> assertThat(e.toString()).isNotEmpty());
      }
    } catch (NetlinkCodecException e) {
      assertThat(e.getMessage()).startsWith("malformed netlink message: ").hasSizeLessThan(1000);
    }
  }
}
