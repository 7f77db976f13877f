package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.crypto.IkeSuite;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.PayloadChain;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The AUTH payload computed once more from RFC 7296 section 2.15, with the JDK's HMAC and nothing
 * of ours: InitiatorSignedOctets = RealMessage1 | Nr | prf(SK_pi, type(1) | 0(3) | identity); AUTH
 * = prf(prf(psk, "Key Pad for IKEv2"), InitiatorSignedOctets).
 */
class AuthOctetsTest {
  @ParameterizedTest
  @CsvSource({"5, HmacSHA256", "6, HmacSHA384", "7, HmacSHA512"})
  void authIsWhatTheRfcSays(int prfId, String hmac) throws Exception {
    Conversation c = new Conversation(new IkeSuite(20, 256, prfId, 0, 31, 3));
    c.start();
    byte[] realMessage1 = c.sent();
    c.deliver(c.peer.init(realMessage1));
    PayloadChain request = c.peer.open(c.sent());

    byte[] identity = "gm1.example".getBytes(StandardCharsets.US_ASCII);
    byte[] idBody = concat(new byte[] {2, 0, 0, 0}, identity);
    byte[] maced = prf(hmac, c.peer.keys.skPi().bytes(), idBody);
    byte[] pad = "Key Pad for IKEv2".getBytes(StandardCharsets.US_ASCII);
    byte[] expected =
        prf(hmac, prf(hmac, Samples.PSK, pad), concat(realMessage1, c.peer.nr, maced));
    assertThat(request.required(AuthPayload.class).data().toByteArray()).isEqualTo(expected);
  }

  private static byte[] prf(String hmac, byte[] key, byte[] data) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(hmac);
    mac.init(new SecretKeySpec(key, hmac));
    return mac.doFinal(data);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
