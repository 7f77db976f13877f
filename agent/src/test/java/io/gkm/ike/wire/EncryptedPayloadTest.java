package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncryptedPayloadTest {
  private static final IkeHeader HEADER = IkeHeader.of(1, 2, ExchangeType.GSA_AUTH, true, false, 1);

  @Test
  void keepsTheInnerTypeAndTheReservedBits() throws WireException {
    EncryptedPayload sk = new EncryptedPayload(PayloadType.IDI, 0x81, Octets.ofHex("aabb"));
    byte[] message = new IkeMessage(HEADER, List.of(sk)).encode();
    assertThat(HexFormat.of().formatHex(message)).endsWith("23810006aabb");
    assertThat(IkeMessage.decode(message).payloads()).containsExactly(sk);
  }

  @Test
  void mayFollowPayloadsInClear() throws WireException {
    List<Payload> payloads =
        List.of(
            NotifyPayload.of(NotifyType.COOKIE, Octets.ofHex("01")),
            new EncryptedPayload(PayloadType.NONE, 0, Octets.ofHex("aabb")));
    byte[] message = new IkeMessage(HEADER, payloads).encode();
    assertThat(IkeMessage.decode(message).payloads()).isEqualTo(payloads);
  }

  @Test
  void refusesAnEmptyBody() {
    Wire.refuses(PayloadType.SK, "", "Encrypted Payload", 0);
  }
}
