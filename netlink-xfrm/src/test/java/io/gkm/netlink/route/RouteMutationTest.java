package io.gkm.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.BoundedDecoding;
import io.gkm.netlink.CaptureFiles;
import io.gkm.netlink.CapturedAnswers;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.ScriptedKernel;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes, a decoder gives a value, or nothing, or says that the message is malformed. */
class RouteMutationTest {
  private static final CaptureFiles FILES =
      CaptureFiles.beside(RouteMutationTest.class, "captures/link-list.hex");
  private static final long SEED = 5374;
  private static final int FLIPS = 400;

  private int refused;
  private int decoded;

  @Test
  void everyTruncationIsDecodedOrRefused() {
    for (byte[] datagram : FILES.all()) {
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
    for (byte[] datagram : FILES.all()) {
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
    for (byte[] datagram : FILES.all()) {
      for (int i = 0; i < FLIPS; i++) {
        check(flipped(datagram, random), "seed " + SEED);
      }
    }
    bothHappened();
  }

  @Test
  void randomBitFlipsInAnswersNeverBreakTheClient() {
    Random random = new Random(SEED);
    for (byte[] answer : FILES.replies("address-list")) {
      for (int i = 0; i < 300; i++) {
        byte[] mutated = flipped(answer, random);
        ScriptedKernel kernel = new ScriptedKernel();
        // A flipped F_DUMP_INTR makes the client ask again.
        for (int tries = 0; tries < 5; tries++) {
          kernel.then(r -> kernel.deliverRaw(CapturedAnswers.addressedTo(r.get(0), mutated)));
        }
        try (RouteClient client = RouteClient.over(kernel)) {
          client.links();
          decoded++;
        } catch (NetlinkException | RouteException e) {
          assertThat(e).hasMessageNotContaining("null");
          refused++;
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + SEED + ": " + HexFormat.of().formatHex(mutated), e);
        }
      }
    }
    assertThat(refused).isPositive();
  }

  private static byte[] flipped(byte[] datagram, Random random) {
    byte[] mutated = datagram.clone();
    for (int flips = random.nextInt(8) + 1; flips > 0; flips--) {
      mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return mutated;
  }

  private void check(byte[] datagram, String what) {
    try {
      for (NetlinkMessage message : ScriptedKernel.messages(datagram)) {
        BoundedDecoding.decode(
            message.payload(),
            in ->
                RouteEvents.decode(new NetlinkMessage(message.type(), message.flags(), 0, 0, in)));
        decoded++;
      }
    } catch (NetlinkCodecException e) {
      refused++;
    } catch (RuntimeException e) {
      throw new AssertionError(what + ": " + HexFormat.of().formatHex(datagram), e);
    }
  }

  private void bothHappened() {
    assertThat(refused).isGreaterThan(100);
    assertThat(decoded).isGreaterThan(100);
  }
}
