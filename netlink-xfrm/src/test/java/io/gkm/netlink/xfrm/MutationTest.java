package io.gkm.netlink.xfrm;

import io.gkm.netlink.DatagramMutations;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.ScriptedKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MutationTest extends DatagramMutations {
  MutationTest() {
    super(9838, Captures.all(), 60);
  }

  @Test
  void randomBitFlipsInAnswersNeverBreakTheClient() {
    List<byte[]> answers = new ArrayList<>(Captures.replies("state-list"));
    answers.addAll(Captures.replies("policy-list"));
    answers.addAll(Captures.replies("state-get-missing"));
    flipAnswers(answers, 500);
  }

  @Override
  protected void ask(ScriptedKernel kernel) throws NetlinkException, XfrmException {
    try (XfrmClient client = XfrmClient.over(kernel)) {
      client.dumpSas();
    }
  }

  /** One that is malformed does not keep those behind it from being tried. */
  @Override
  protected void decode(NetlinkMessage message) {
    Optional<XfrmMessageType> type = XfrmMessageType.of(message.type());
    if (type.isEmpty()) {
      return;
    }
    try {
      XfrmMessage value = XfrmMessage.decode(type.get(), false, message.payload().copy());
      if (value.toString().isEmpty()) {
        throw new IllegalStateException("a value without a description");
      }
      decoded();
    } catch (NetlinkCodecException e) {
      refused();
    }
  }
}
