package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * Whatever octets come, the decoder gives a message or says that it is malformed, and nothing else;
 * what it gives can be encoded, and decoding that gives the same. In a test run each target is
 * given the committed inputs (src/test/resources, WireFuzzTestInputs); scripts/fuzz looks for more.
 */
class WireFuzzTest {
  /** A whole message: header and payloads in clear. */
  @FuzzTest
  void ikeMessage(byte[] data) throws WireException {
    IkeMessage message;
    try {
      message = IkeMessage.decode(data);
    } catch (WireException e) {
      told(e);
      return;
    }
    byte[] again = message.encode();
    assertThat(again.length).isLessThanOrEqualTo(data.length);
    assertThat(IkeMessage.decode(again).payloads()).isEqualTo(message.payloads());
  }

  /** What is inside an Encrypted payload: the type of the first payload, then the payloads. */
  @FuzzTest
  void payloads(byte[] data) throws WireException {
    if (data.length == 0) {
      return;
    }
    PayloadChain chain;
    try {
      chain = PayloadChain.decode(data[0] & 0xff, Arrays.copyOfRange(data, 1, data.length), 0);
    } catch (WireException e) {
      told(e);
      return;
    }
    byte[] again = chain.encode();
    PayloadChain same = PayloadChain.decode(chain.firstType(), again, 0);
    assertThat(same.encode()).isEqualTo(again);
    assertThat(chain.toString()).isNotEmpty();
  }

  private static void told(WireException e) {
    assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(1000);
  }
}
