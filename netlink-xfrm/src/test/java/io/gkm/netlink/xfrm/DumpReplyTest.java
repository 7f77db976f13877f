package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.CapturedAnswers;
import io.gkm.netlink.ScriptedKernel;
import org.junit.jupiter.api.Test;

/** Recorded answers of Linux 6.1, read through the client. */
class DumpReplyTest {
  @Test
  void theRecordedSasAreRead() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel();
    kernel.then(
        r ->
            Captures.replies("state-list")
                .forEach(d -> kernel.deliverRaw(CapturedAnswers.addressedTo(r.get(0), d))));
    try (XfrmClient client = XfrmClient.over(kernel)) {
      assertThat(client.dumpSas())
          .extracting(sa -> sa.id().spi())
          .containsExactlyInAnyOrder(0x11223344, 0x55667788, 0x99aabbcc);
    }
  }
}
