package io.gkm.ike.crypto;

import static io.gkm.ike.crypto.Hex.counting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link DataSuite} and {@link DataTransforms}. */
class DataSuiteTest {
  @ParameterizedTest
  @CsvSource({
    "11,0,   ENCR_NULL,                     ecb(cipher_null),               0,   0,   false",
    "12,128, ENCR_AES_CBC-128,              cbc(aes),                       128, 0,   false",
    "12,192, ENCR_AES_CBC-192,              cbc(aes),                       192, 0,   false",
    "12,256, ENCR_AES_CBC-256,              cbc(aes),                       256, 0,   false",
    "13,128, ENCR_AES_CTR-128,              rfc3686(ctr(aes)),              160, 0,   true",
    "13,256, ENCR_AES_CTR-256,              rfc3686(ctr(aes)),              288, 0,   true",
    "14,128, ENCR_AES_CCM_8-128,            rfc4309(ccm(aes)),              152, 64,  true",
    "15,192, ENCR_AES_CCM_12-192,           rfc4309(ccm(aes)),              216, 96,  true",
    "16,256, ENCR_AES_CCM_16-256,           rfc4309(ccm(aes)),              280, 128, true",
    "18,128, ENCR_AES_GCM_8-128,            rfc4106(gcm(aes)),              160, 64,  true",
    "19,192, ENCR_AES_GCM_12-192,           rfc4106(gcm(aes)),              224, 96,  true",
    "20,256, ENCR_AES_GCM_16-256,           rfc4106(gcm(aes)),              288, 128, true",
    "21,256, ENCR_NULL_AUTH_AES_GMAC-256,   rfc4543(gcm(aes)),              288, 128, true",
    "28,0,   ENCR_CHACHA20_POLY1305,        'rfc7539esp(chacha20,poly1305)', 288, 128, true"
  })
  void encryption(
      int id, int bits, String name, String kernel, int materialBits, int icv, boolean counter)
      throws Exception {
    DataTransform t = DataTransforms.encryption(id, bits);
    assertThat(t.id()).isEqualTo(id);
    assertThat(t.name()).isEqualTo(name);
    assertThat(t.kernelName()).isEqualTo(kernel);
    assertThat(t.materialBits()).isEqualTo(materialBits);
    assertThat(t.icvBits()).isEqualTo(icv);
    assertThat(t.counterMode()).isEqualTo(counter);
    assertThat(t.kind() == DataTransform.Kind.AEAD).isEqualTo(icv > 0);
  }

  @ParameterizedTest
  @CsvSource({
    "8,  cmac(aes),    128, 96",
    "12, hmac(sha256), 256, 128",
    "13, hmac(sha384), 384, 192",
    "14, hmac(sha512), 512, 256"
  })
  void integrity(int id, String kernel, int bits, int icv) throws Exception {
    DataTransform t = DataTransforms.integrity(id);
    assertThat(t.kernelName()).isEqualTo(kernel);
    assertThat(t.materialBits()).isEqualTo(bits);
    assertThat(t.icvBits()).isEqualTo(icv);
    assertThat(t.counterMode()).isFalse();
    assertThat(t.kind()).isEqualTo(DataTransform.Kind.INTEGRITY);
  }

  /** Algorithms that RFC 8221 and RFC 9395 retire, unknown ones, and wrong key lengths. */
  @ParameterizedTest
  @CsvSource({
    "0,0", "2,0", "3,0", "3,192", "7,128", "17,128", "22,0", "23,128", "30,256", "-1,0", "65535,0",
    "12,0", "12,64", "12,129", "20,0", "20,512", "28,256", "11,128", "13,-128"
  })
  void encryptionRefused(int id, int bits) {
    assertThatThrownBy(() -> DataTransforms.encryption(id, bits))
        .isInstanceOf(CryptoException.class);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "4", "5", "6", "7", "9", "10", "11", "15", "-1", "65535"})
  void integrityRefused(int id) {
    assertThatThrownBy(() -> DataTransforms.integrity(id))
        .isInstanceOf(CryptoException.class)
        .hasMessage("INTEG transform " + id + " is not accepted for data traffic");
  }

  @ParameterizedTest
  @CsvSource({
    "20,256,0,  36,0", // ESP AES-GCM-256
    "16,128,0,  19,0",
    "28,0,0,    36,0",
    "21,128,0,  20,0",
    "12,128,12, 16,32",
    "13,256,14, 36,64",
    "11,0,13,   0,48", // ESP without encryption
    "0,0,12,    0,32", // AH
    "0,0,8,     0,16"
  })
  @Tag("GM-30")
  void encryptionKeyFirstThenIntegrityKey(
      int encr, int bits, int integ, int encryption, int integrity) throws Exception {
    int total = encryption + integrity;
    Secret material = Secret.wrap(counting(1, total));
    DataSuite suite = suite(encr, bits, integ);
    assertThat(suite.materialOctets()).isEqualTo(total);
    assertThat(suite.counterMode()).isEqualTo(encr > 12);
    assertThat(suite.confidential()).isEqualTo(encr != 0 && encr != 11 && encr != 21);
    DataSaKeys keys = suite.split(material);
    material.close();
    byte[] all = counting(1, total);
    assertThat(keys.encryption().bytes()).isEqualTo(Arrays.copyOf(all, encryption));
    assertThat(keys.integrity().bytes()).isEqualTo(Arrays.copyOfRange(all, encryption, total));
    for (int wrong : new int[] {0, total - 1, total + 1, total + 4, 2 * total}) {
      assertThatThrownBy(() -> suite.split(Secret.wrap(new byte[wrong])))
          .isInstanceOf(CryptoException.class)
          .hasMessageContaining("needs " + total);
    }
  }

  /** No ENCR transform: AH. */
  private static DataSuite suite(int encr, int bits, int integ) throws CryptoException {
    return encr == 0 ? DataSuite.ah(integ) : DataSuite.esp(encr, bits, integ);
  }

  @ParameterizedTest
  @CsvSource({
    "20,256,12", // AEAD and integrity
    "28,0,12",
    "21,128,14",
    "12,128,0", // encryption without integrity
    "13,128,0",
    "11,0,0", // nothing at all
    "0,0,0",
    "12,128,2",
    "0,0,2",
    "3,0,12"
  })
  void combinationRefused(int encr, int bits, int integ) {
    assertThatThrownBy(() -> suite(encr, bits, integ)).isInstanceOf(CryptoException.class);
  }

  @Test
  void closeZeroesBothKeys() throws Exception {
    DataSaKeys keys = DataSuite.esp(12, 128, 12).split(Secret.wrap(counting(0, 48)));
    keys.close();
    assertThatThrownBy(() -> keys.encryption().bytes()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keys.integrity().bytes()).isInstanceOf(IllegalStateException.class);
    assertThat(keys.toString())
        .isEqualTo("DataSaKeys[encryption=Secret[16 octets], integrity=Secret[32 octets]]");
  }
}
