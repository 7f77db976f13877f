package io.gkm.ike.crypto;

import static io.gkm.ike.crypto.Hex.counting;
import static io.gkm.ike.crypto.Hex.hex;
import static io.gkm.ike.crypto.Hex.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** {@link PskAuth}, {@link SignedOctets} and {@link NatDetection}. */
class AuthenticationTest {
  private static final Secret PSK = Secret.wrap("test-psk".getBytes(StandardCharsets.US_ASCII));

  /** The inner prf is the vector; the outer one is HMAC-SHA-256 with it as the key. */
  @Test
  void pskPad() throws Exception {
    Prf prf = Prf.of(5);
    Secret padded = secret("9c0ef14deea30501c375927e076c4d5426ed1fc7bdf16e631d24493a1355341c");
    assertThat(PskAuth.authData(prf, PSK, hex("010203")))
        .isEqualTo(prf.compute(padded, hex("010203")));
  }

  @Test
  void verifyAcceptsOnlyTheWholeRightValue() throws Exception {
    Prf prf = Prf.of(6);
    byte[] octets = counting(0, 100);
    byte[] right = PskAuth.authData(prf, PSK, octets);
    assertThatCode(() -> PskAuth.verify(prf, PSK, octets, right)).doesNotThrowAnyException();
    for (int bit = 0; bit < right.length * 8; bit++) {
      byte[] wrong = right.clone();
      wrong[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> PskAuth.verify(prf, PSK, octets, wrong))
          .isInstanceOf(CryptoException.class);
    }
    for (int length : new int[] {0, 1, right.length - 1, right.length + 1}) {
      assertThatThrownBy(() -> PskAuth.verify(prf, PSK, octets, Arrays.copyOf(right, length)))
          .isInstanceOf(CryptoException.class);
    }
    assertThatThrownBy(() -> PskAuth.verify(prf, secret("00"), octets, right))
        .isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> PskAuth.verify(prf, PSK, counting(1, 100), right))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void emptyPskIsRefused() throws Exception {
    Prf prf = Prf.of(5);
    assertThatThrownBy(() -> PskAuth.authData(prf, Secret.wrap(new byte[0]), new byte[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void signedOctetsAreMessageNonceAndMacedId() throws Exception {
    Prf prf = Prf.of(5);
    Secret skP = Secret.wrap(counting(0, 32));
    byte[] macedId = SignedOctets.macedId(prf, skP, hex("0200000061"));
    assertThat(macedId).isEqualTo(prf.compute(skP, hex("0200000061")));
    assertThat(hex(SignedOctets.of(hex("aabb"), hex("cc"), macedId)))
        .isEqualTo("aabbcc" + hex(macedId));
  }

  @Test
  void natDetectionHash() throws Exception {
    InetAddress address = InetAddress.getByAddress(hex("c000020a"));
    assertThat(hex(NatDetection.hash(0x0102030405060708L, 0, address, 500)))
        .isEqualTo("9cdaf8713cea81e287d3c0bacb7db468691dfe58");
  }

  /** SHA-1 over 8 + 8 + 16 + 2 octets, computed with an independent script; port above 32767. */
  @Test
  void natDetectionHashIpv6() throws Exception {
    InetAddress address = InetAddress.getByAddress(hex("20010db8000000000000000000000001"));
    assertThat(hex(NatDetection.hash(0x0102030405060708L, 0x1112131415161718L, address, 61234)))
        .isEqualTo("9cded93533e943095a97dfbe44757112bb77aa56");
  }
}
