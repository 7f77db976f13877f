package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the encoder writes the decoder reads back as the same value. */
class RoundTripPropertyTest {
  private static final int SEEDS = 500;

  @Test
  void everyPayloadRoundTripsInAMessage() throws WireException {
    for (long seed = 0; seed < SEEDS; seed++) {
      List<Payload> payloads = new RandomPayloads(seed).oneOfEach();
      IkeHeader header = IkeHeader.of(seed, ~seed, ExchangeType.GSA_AUTH, true, false, seed);
      byte[] encoded = new IkeMessage(header, payloads).encode();
      IkeMessage decoded = IkeMessage.decode(encoded);
      assertThat(decoded.payloads()).as("seed %d", seed).isEqualTo(payloads);
      assertThat(decoded.header())
          .as("seed %d", seed)
          .isEqualTo(header.with(PayloadType.SA, encoded.length));
      assertThat(decoded.encode()).as("seed %d", seed).isEqualTo(encoded);
    }
  }

  @Test
  void everyPayloadRoundTripsInsideAnEncryptedOne() throws WireException {
    for (long seed = 0; seed < SEEDS; seed++) {
      for (Payload payload : new RandomPayloads(seed).oneOfEach()) {
        byte[] encoded = PayloadChain.encode(List.of(payload));
        PayloadChain decoded = PayloadChain.decode(payload.type(), encoded, 32);
        assertThat(decoded.payloads()).as("seed %d", seed).containsExactly(payload);
      }
    }
  }
}
