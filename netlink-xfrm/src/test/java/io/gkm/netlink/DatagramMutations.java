package io.gkm.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Recorded datagrams, mutated: whatever comes, a decoder gives a value, or nothing, or says that
 * the message is malformed.
 */
public abstract class DatagramMutations {
  private final long seed;
  private final List<byte[]> datagrams;
  private final int flips;
  private int refused;
  private int decoded;

  /**
   * @param flips how many copies of each datagram get flipped bits
   */
  protected DatagramMutations(long seed, List<byte[]> datagrams, int flips) {
    this.seed = seed;
    this.datagrams = datagrams;
    this.flips = flips;
  }

  /**
   * Decodes a message, and counts by {@link #decoded}.
   *
   * @throws NetlinkCodecException when it is malformed
   */
  protected abstract void decode(NetlinkMessage message) throws NetlinkCodecException;

  /** Asks a client, which gets this answer for whatever it says. */
  protected abstract void ask(ScriptedKernel kernel) throws Exception;

  protected final void decoded() {
    decoded++;
  }

  protected final void refused() {
    refused++;
  }

  @Test
  void everyTruncationIsDecodedOrRefused() {
    for (byte[] datagram : datagrams) {
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
    for (byte[] datagram : datagrams) {
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
    Random random = new Random(seed);
    for (byte[] datagram : datagrams) {
      for (int i = 0; i < flips; i++) {
        check(flipped(datagram, random), "seed " + seed);
      }
    }
    bothHappened();
  }

  /**
   * Gives a client these answers with flipped bits, one at a time.
   *
   * @param times how often each
   */
  protected final void flipAnswers(List<byte[]> answers, int times) {
    Random random = new Random(seed);
    for (byte[] answer : answers) {
      for (int i = 0; i < times; i++) {
        byte[] mutated = flipped(answer, random);
        ScriptedKernel kernel = new ScriptedKernel();
        // A flipped F_DUMP_INTR makes the client ask again.
        for (int tries = 0; tries < 5; tries++) {
          kernel.then(r -> kernel.deliverRaw(CapturedAnswers.addressedTo(r.get(0), mutated)));
        }
        try {
          ask(kernel);
          decoded++;
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed + ": " + HexFormat.of().formatHex(mutated), e);
        } catch (Exception e) {
          // Any other exception is a declared one.
          assertThat(e).hasMessageNotContaining("null");
          refused++;
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
        decode(message);
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
