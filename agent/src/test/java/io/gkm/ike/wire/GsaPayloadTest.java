package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GsaPayloadTest {
  private static final String AH_POLICY =
      "02040038c0ffee02"
          + "070000100000ffff00000000ffffffff"
          + "070000100000ffffef010204ef010204"
          + "030000080300000c"
          + "0000000805000002";

  private static GsaPayload decode(String hex) throws WireException {
    GsaPayload gsa = (GsaPayload) Wire.decode(PayloadType.GSA, hex);
    assertThat(Wire.encode(gsa)).isEqualTo(hex);
    return gsa;
  }

  @Test
  void decodesTheGsaOfARekey() throws WireException {
    GsaPayload gsa = decode(Vectors.GSA_BODY);
    assertThat(gsa.policies()).hasSize(2);
    assertThat(gsa.dataSaPolicies()).hasSize(1);
    assertThat(gsa.dataSaPolicies().get(0).spi()).isEqualTo(Octets.ofHex("c0ffee01"));
    assertThat(gsa.rekeySaPolicy()).isEmpty();
    assertThat(gsa.groupWidePolicy().orElseThrow().atdSeconds()).hasValue(10);
    assertThat(gsa.groupWidePolicy().orElseThrow().dtdSeconds()).hasValue(20);
  }

  @Test
  void decodesTheGsaOfARegistration() throws WireException {
    GsaPayload gsa =
        decode(Vectors.REKEY_POLICY + Vectors.ESP_POLICY + AH_POLICY + Vectors.GROUP_WIDE_POLICY);
    assertThat(gsa.rekeySaPolicy().orElseThrow().initialMessageId()).hasValue(1);
    assertThat(gsa.dataSaPolicies())
        .extracting(GroupSaPolicy::protocolId)
        .containsExactly(ProtocolId.ESP, ProtocolId.AH);
    assertThat(gsa.saPolicies()).hasSize(3);
    assertThat(gsa.groupWidePolicy().orElseThrow().senderIdBits()).hasValue(8);
  }

  @Test
  void mayHoldARekeySaOnly() throws WireException {
    assertThat(decode(Vectors.REKEY_POLICY).dataSaPolicies()).isEmpty();
  }

  @Test
  void refusesWrongNumbersOfPolicies() {
    refuses("", "GSA policies", 0);
    refuses(Vectors.GROUP_WIDE_POLICY, "GSA policies", 0);
    refuses(Vectors.ESP_POLICY + Vectors.GROUP_WIDE_POLICY.repeat(2), "GSA policies", 0);
    String otherRekey = Vectors.REKEY_POLICY.replace("06100" + "06b00", "06100" + "06b01");
    refuses(Vectors.REKEY_POLICY + otherRekey, "GSA policies", 0);
    refuses(Vectors.ESP_POLICY.repeat(2), "group SA policy SPI", 0);
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 513; i++) {
      many.append(Vectors.ESP_POLICY.replace("c0ffee01", Octets.ofU32(0x1000 + i).toHex()));
    }
    refuses(many.toString(), "GSA policies", 512 * 68);
  }

  @Test
  void refusesAhAndEspForTheSameTraffic() {
    String sameTraffic = AH_POLICY.replace("ef010204", "ef010203");
    refuses(Vectors.ESP_POLICY + sameTraffic, "GSA policies", 0);
    refuses(sameTraffic + Vectors.ESP_POLICY, "GSA policies", 0);
  }

  @Test
  void sameSpiMayNameSasOfTwoProtocols() throws WireException {
    assertThat(decode(Vectors.ESP_POLICY + AH_POLICY.replace("c0ffee02", "c0ffee01")).policies())
        .hasSize(2);
  }

  @Test
  void refusesOtherProtocolsAndLengths() {
    refuses("010800" + "10" + "11".repeat(12), "group policy Protocol", 0);
    refuses("04040044" + Vectors.ESP_POLICY.substring(8), "group policy Protocol", 0);
    refuses("03040003", "group policy Length", 2);
    refuses("03040000" + Vectors.ESP_POLICY.substring(8), "group policy Length", 2);
    refuses("0304ffff" + Vectors.ESP_POLICY.substring(8), "group policy", 4);
    refuses("03040045" + Vectors.ESP_POLICY.substring(8), "group policy", 4);
    refuses("0304", "group policy Length", 2);
  }

  private static void refuses(String hex, String field, int offset) {
    Wire.refuses(PayloadType.GSA, hex, field, offset);
  }
}
