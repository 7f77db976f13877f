package io.gkm.netlink.route;

import io.gkm.netlink.BoundedDecoding;
import io.gkm.netlink.CaptureFiles;
import io.gkm.netlink.DatagramMutations;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.ScriptedKernel;
import org.junit.jupiter.api.Test;

class RouteMutationTest extends DatagramMutations {
  private static final CaptureFiles FILES =
      CaptureFiles.beside(RouteMutationTest.class, "captures/link-list.hex");

  RouteMutationTest() {
    super(5374, FILES.all(), 400);
  }

  @Test
  void randomBitFlipsInAnswersNeverBreakTheClient() {
    flipAnswers(FILES.replies("address-list"), 300);
  }

  @Override
  protected void ask(ScriptedKernel kernel) throws NetlinkException, RouteException {
    try (RouteClient client = RouteClient.over(kernel)) {
      client.links();
    }
  }

  @Override
  protected void decode(NetlinkMessage message) throws NetlinkCodecException {
    BoundedDecoding.decode(
        message.payload(),
        in -> RouteEvents.decode(new NetlinkMessage(message.type(), message.flags(), 0, 0, in)));
    decoded();
  }
}
