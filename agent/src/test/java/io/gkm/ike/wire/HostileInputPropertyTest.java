package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Damaged input is refused with a {@link WireException} or understood as something that can be
 * encoded again; nothing else, and always in bounded time.
 */
class HostileInputPropertyTest {
  /** Only a guard against decoding that never ends. */
  private static final Duration HANG = Duration.ofMinutes(2);

  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();

  /** A decoder and the encoder that turns its result back into octets for it. */
  private interface Codec<T> {
    T decode(byte[] octets) throws WireException;

    byte[] encode(T value);
  }

  private <T> void check(byte[] octets, Codec<T> codec, String what) {
    T value;
    try {
      value = codec.decode(octets);
    } catch (WireException e) {
      assertThat(e.field()).isNotEmpty();
      assertThat(e.offset()).as("%s: %s", what, e.getMessage()).isBetween(-1, octets.length);
      refused.incrementAndGet();
      return;
    } catch (RuntimeException | Error e) {
      fail(what + ": " + HexFormat.of().formatHex(octets), e);
      return;
    }
    try {
      assertThat(value.toString()).isNotNull();
      assertThat(codec.decode(codec.encode(value))).as(what).isEqualTo(value);
    } catch (WireException | RuntimeException e) {
      fail(what + ", encoded again: " + HexFormat.of().formatHex(octets), e);
    }
    accepted.incrementAndGet();
  }

  private static Codec<Payload> body(int type) {
    return new Codec<>() {
      @Override
      public Payload decode(byte[] octets) throws WireException {
        ByteReader in = new ByteReader(octets);
        Payload payload = PayloadDecoder.decode(type, 0, 0, in);
        in.expectEnd("body");
        return payload;
      }

      @Override
      public byte[] encode(Payload payload) {
        ByteWriter out = new ByteWriter();
        payload.encodeBody(out);
        return out.toByteArray();
      }
    };
  }

  private static final Codec<List<Payload>> MESSAGE =
      new Codec<>() {
        @Override
        public List<Payload> decode(byte[] octets) throws WireException {
          return IkeMessage.decode(octets).payloads();
        }

        @Override
        public byte[] encode(List<Payload> payloads) {
          return new IkeMessage(IkeHeader.of(1, 2, 3, true, true, 4), payloads).encode();
        }
      };

  @Test
  void everyDamageToEveryPayload() {
    assertTimeoutPreemptively(
        HANG,
        () -> {
          for (long seed = 0; seed < 8; seed++) {
            for (Payload payload : new RandomPayloads(seed).oneOfEach()) {
              Codec<Payload> codec = body(payload.type());
              String about = "seed " + seed + " " + PayloadType.name(payload.type()) + " ";
              Mutations.each(
                  codec.encode(payload), (damaged, what) -> check(damaged, codec, about + what));
            }
          }
        });
    assertBothHappened();
  }

  @Test
  void everyDamageToPublishedStructures() {
    assertTimeoutPreemptively(
        HANG,
        () -> {
          eachBody(PayloadType.GSA, Vectors.REKEY_POLICY + Vectors.GROUP_WIDE_POLICY);
          eachBody(PayloadType.GSA, Vectors.GSA_BODY);
          eachBody(PayloadType.KD, Vectors.KD_BODY + Vectors.MEMBER_KEY_BAG);
          eachBody(PayloadType.SA, Vectors.SAG);
          eachBody(PayloadType.SKF, "00010002" + Vectors.WRAPPED_TEK);
          for (String message :
              List.of(Vectors.CHACHA_MESSAGE, Vectors.CBC_MESSAGE, Vectors.REKEY_MESSAGE)) {
            Mutations.each(Wire.bytes(message), (damaged, what) -> check(damaged, MESSAGE, what));
          }
        });
    assertBothHappened();
  }

  private void eachBody(int type, String hex) {
    Mutations.each(Wire.bytes(hex), (damaged, what) -> check(damaged, body(type), what));
  }

  @Test
  void severalDamagesToMessages() {
    assertTimeoutPreemptively(
        HANG,
        () -> {
          for (long seed = 0; seed < 3000; seed++) {
            byte[] chain = PayloadChain.encode(new RandomPayloads(seed).oneOfEach());
            byte[] damaged = Mutations.several(chain, new Random(seed));
            check(withHeader(PayloadType.SA, damaged), MESSAGE, "seed " + seed);
          }
        });
    assertBothHappened();
  }

  @Test
  void noiseInsteadOfPayloads() {
    assertTimeoutPreemptively(
        HANG,
        () -> {
          for (long seed = 0; seed < 20000; seed++) {
            Random random = new Random(seed);
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            int type = random.nextInt(256);
            check(noise, body(type), "seed " + seed + " type " + type);
            check(withHeader(type, noise), MESSAGE, "seed " + seed);
          }
        });
    assertBothHappened();
  }

  /** A header of the right length, so that the damage behind it is what gets refused. */
  private static byte[] withHeader(int firstType, byte[] chain) {
    ByteWriter out = new ByteWriter();
    IkeHeader.of(1, 2, ExchangeType.GSA_AUTH, true, false, 1)
        .with(firstType, IkeHeader.LENGTH + chain.length)
        .encode(out);
    return out.bytes(chain).toByteArray();
  }

  private void assertBothHappened() {
    assertThat(refused).as("refused").hasPositiveValue();
    assertThat(accepted).as("accepted").hasPositiveValue();
  }
}
