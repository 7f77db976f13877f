package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentificationTest {
  @ParameterizedTest
  @CsvSource({
    "fqdn:gm1.example.com, 2, 676d312e6578616d706c652e636f6d",
    "email:gm@example.com, 3, 676d406578616d706c652e636f6d",
    "ipv4:192.0.2.1, 1, c0000201",
    "ipv6:2001:db8:0:0:0:0:0:1, 5, 20010db8000000000000000000000001",
    "ipv6:0:0:0:0:0:ffff:c000:201, 5, 00000000000000000000ffffc0000201",
    "key-id:group-7, 11, 67726f75702d37",
    "key-id:0x00ff, 11, 00ff",
    "'dn:CN=gm1,O=Example', 9, "
        + "30203110300e060355040a13074578616d706c65310c300a06035504031303676d31",
  })
  @Tag("GM-31")
  void readsAndWritesTheNotation(String text, int type, String hex) {
    Identification id = Identification.parse(text);
    assertThat(id).isEqualTo(new Identification(type, Octets.ofHex(hex)));
    assertThat(id.format()).isEqualTo(text);
    assertThat(id).hasToString(text);
  }

  @Test
  void acceptsOtherSpellings() {
    assertThat(Identification.parse("ipv6:::ffff:192.0.2.1").data())
        .isEqualTo(Octets.ofHex("00000000000000000000ffffc0000201"));
    assertThat(Identification.parse("ipv6:ff05::1").data().toHex()).startsWith("ff05").hasSize(32);
    assertThat(Identification.parse("key-id:two words").data().size()).isEqualTo(9);
    assertThat(Identification.parse("key-id:\u00e9").format()).isEqualTo("key-id:0xc3a9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gm1.example.com",
        "FQDN:gm1",
        "fqdn:",
        "fqdn:two words",
        "fqdn:caf\u00e9",
        "email:a\nb",
        "ipv4:192.0.2",
        "ipv4:192.0.2.256",
        "ipv4:999999999999.0.0.1",
        "ipv4:localhost",
        "ipv6:192.0.2.1",
        "ipv6:fe80::1%eth0",
        "ipv6:::1::",
        "ipv6:localhost",
        "ipv6:.:1",
        "ipv6:dead.beef",
        "key-id:",
        "key-id:0x",
        "key-id:0xabc",
        "key-id:0xzz",
        "dn:nonsense"
      })
  void refusesOtherText(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Identification.parse(text))
        .satisfies(e -> assertThat(e.getMessage()).contains("\""));
  }

  @Test
  void refusesTextTooLong() {
    assertThat(Identification.parse("key-id:" + "k".repeat(1024)).data().size()).isEqualTo(1024);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Identification.parse("key-id:" + "k".repeat(1025)));
  }

  @Test
  void writesWhatIsNotTextInHexadecimal() {
    assertThat(new Identification(IdType.FQDN, Octets.ofHex("610a62")).format())
        .isEqualTo("fqdn:0x610a62");
    assertThat(new Identification(IdType.DER_ASN1_DN, Octets.ofHex("ffff")).format())
        .isEqualTo("dn:0xffff");
    assertThat(new Identification(IdType.IPV4_ADDR, Octets.ofHex("ff")).format())
        .isEqualTo("ipv4:0xff");
    assertThat(new Identification(77, Octets.ofHex("6161")).format()).isEqualTo("type-77:0x6161");
    Identification hexLike = new Identification(IdType.KEY_ID, Octets.ofHex("30786161"));
    assertThat(hexLike.format()).isEqualTo("key-id:0x30786161");
    assertThat(Identification.parse(hexLike.format())).isEqualTo(hexLike);
  }

  @Test
  void decodingChecksTheSizeOfEachType() throws WireException {
    assertThat(Wire.decode(PayloadType.IDI, "0d000000"))
        .isEqualTo(new IdPayload(PayloadType.IDI, new Identification(IdType.NULL, Octets.EMPTY)));
    for (String hex : new String[] {"01000000c00002", "01000000c000020100", "0d00000001"}) {
      Wire.refuses(PayloadType.IDI, hex, "Identification Data", 4);
    }
    Wire.refuses(PayloadType.IDI, "05000000" + "00".repeat(15), "Identification Data", 4);
    Wire.refuses(PayloadType.IDI, "0b000000" + "00".repeat(1025), "Identification Data", 4);
  }
}
