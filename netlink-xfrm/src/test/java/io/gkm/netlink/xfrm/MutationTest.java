package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.CapturedAnswers;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.ScriptedKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes, a decoder gives a value or says that the message is malformed. */
class MutationTest {
  private static final long SEED = 9838;
  private static final int FLIPS = 60;

  private int refused;
  private int decoded;

  @Test
  void everyTruncationIsDecodedOrRefused() {
    for (byte[] datagram : Captures.all()) {
      for (int length = 0; length < datagram.length; length++) {
        check(Arrays.copyOf(datagram, length), "cut to " + length);
        if (length >= 16) {
          byte[] cut = Arrays.copyOf(datagram, length);
          cut[0] = (byte) length;
          cut[1] = (byte) (length >> 8);
          check(cut, "cut to " + length + ", nlmsg_len right");
        }
      }
    }
    bothHappened();
  }

  @Test
  void extremeValuesOfEveryOctetAreDecodedOrRefused() {
    int[] values = {0, 3, 5, 0x7f, 0xff};
    for (byte[] datagram : Captures.all()) {
      for (int at = 0; at < datagram.length; at++) {
        for (int value : values) {
          byte[] mutated = datagram.clone();
          mutated[at] = (byte) value;
          check(mutated, "octet " + at + " is " + value);
        }
      }
    }
    bothHappened();
  }

  @Test
  void randomBitFlipsAreDecodedOrRefused() {
    Random random = new Random(SEED);
    for (byte[] datagram : Captures.all()) {
      for (int i = 0; i < FLIPS; i++) {
        byte[] mutated = datagram.clone();
        for (int flips = random.nextInt(8) + 1; flips > 0; flips--) {
          mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
        }
        check(mutated, "seed " + SEED);
      }
    }
    bothHappened();
  }

  @Test
  void randomBitFlipsInAnswersNeverBreakTheClient() {
    Random random = new Random(SEED);
    List<byte[]> answers = new ArrayList<>(Captures.replies("state-list"));
    answers.addAll(Captures.replies("policy-list"));
    answers.addAll(Captures.replies("state-get-missing"));
    for (byte[] answer : answers) {
      for (int i = 0; i < 500; i++) {
        byte[] mutated = answer.clone();
        for (int flips = random.nextInt(8) + 1; flips > 0; flips--) {
          mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
        }
        ScriptedKernel kernel = new ScriptedKernel();
        // A flipped F_DUMP_INTR makes the client ask again.
        for (int tries = 0; tries < 5; tries++) {
          kernel.then(r -> kernel.deliverRaw(CapturedAnswers.addressedTo(r.get(0), mutated)));
        }
        try (XfrmClient client = XfrmClient.over(kernel)) {
          client.dumpSas();
          decoded++;
        } catch (NetlinkException | XfrmException e) {
          assertThat(e).hasMessageNotContaining("null");
          refused++;
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + SEED + ": " + HexFormat.of().formatHex(mutated), e);
        }
      }
    }
    assertThat(refused).isPositive();
  }

  private void check(byte[] datagram, String what) {
    try {
      for (NetlinkMessage message : ScriptedKernel.messages(datagram)) {
        Optional<XfrmMessageType> type = XfrmMessageType.of(message.type());
        if (type.isPresent()) {
          attempt(() -> XfrmMessage.decode(type.get(), false, message.payload().copy()));
        }
      }
    } catch (NetlinkCodecException e) {
      refused++;
    } catch (RuntimeException e) {
      throw new AssertionError(what + ": " + HexFormat.of().formatHex(datagram), e);
    }
  }

  /** Something that decodes. */
  private interface Decoding {
    Object run() throws NetlinkCodecException;
  }

  private void attempt(Decoding decoding) {
    try {
      if (decoding.run().toString().isEmpty()) {
        throw new IllegalStateException("a value without a description");
      }
      decoded++;
    } catch (NetlinkCodecException e) {
      refused++;
    }
  }

  private void bothHappened() {
    assertThat(refused).isGreaterThan(100);
    assertThat(decoded).isGreaterThan(100);
  }
}
