package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupSaPolicyTest {
  private static final String TS = "070000100000ffff00000000ffffffff";
  private static final String ESP = "03040000c0ffee01" + TS + TS;
  private static final String AH = "02040000c0ffee01" + TS + TS;
  private static final String REKEY = "061000000011223344556677" + "8899aabbccddeeff" + TS + TS;
  private static final String GCM = "0300000c01000014800e0100";
  private static final String SN = "0000000805000002";
  private static final String KWA = "000000080d000003";

  /** Decodes one policy, its length field filled in. */
  private static GroupSaPolicy decode(String hex) throws WireException {
    return ((GsaPayload) Wire.decode(PayloadType.GSA, lengthFilledIn(hex))).saPolicies().get(0);
  }

  private static String lengthFilledIn(String hex) {
    return hex.substring(0, 4) + Octets.ofU16(hex.length() / 2).toHex() + hex.substring(8);
  }

  private static void refuses(String hex, String field, int offset) {
    Wire.refuses(PayloadType.GSA, lengthFilledIn(hex), field, offset);
  }

  @Test
  void decodesARekeySaPolicy() throws WireException, UnknownHostException {
    GroupSaPolicy policy = decode(Vectors.REKEY_POLICY);
    assertThat(policy)
        .isEqualTo(
            new GroupSaPolicy(
                ProtocolId.GIKE_UPDATE,
                Octets.ofHex("00112233445566778899aabbccddeeff"),
                TrafficSelector.single(InetAddress.getByName("192.0.2.1"), 17, 848, 848),
                TrafficSelector.single(InetAddress.getByName("239.255.0.1"), 17, 848, 848),
                List.of(
                    Transform.of(TransformType.ENCR, EncrId.AES_GCM_16, 256),
                    Transform.of(TransformType.KWA, KwaId.KW_5649_256),
                    new Transform(
                        TransformType.GCAUTH,
                        GcauthId.DIGITAL_SIGNATURE,
                        List.of(
                            TransformAttribute.signatureAlgorithm(
                                Octets.ofHex("300506032b6570"))))),
                List.of(
                    GroupSaAttribute.keyLifetime(86400), GroupSaAttribute.initialMessageId(1))));
    assertThat(policy.isRekeySa()).isTrue();
    assertThat(policy.keyLifetimeSeconds()).hasValue(86400);
    assertThat(policy.initialMessageId()).hasValue(1);
    assertThat(policy.nextSpis()).isEmpty();
    assertThat(policy.unexpectedTransforms()).isEmpty();
    assertThat(policy.transform(TransformType.KWA))
        .contains(Transform.of(TransformType.KWA, KwaId.KW_5649_256));
    assertThat(encode(policy)).isEqualTo(Vectors.REKEY_POLICY);
  }

  @Test
  void decodesADataSaPolicy() throws WireException {
    GroupSaPolicy policy = decode(Vectors.ESP_POLICY);
    assertThat(policy.protocolId()).isEqualTo(ProtocolId.ESP);
    assertThat(policy.spi()).isEqualTo(Octets.ofHex("c0ffee01"));
    assertThat(policy.source().isAnyAddress()).isTrue();
    assertThat(policy.destination()).hasToString("239.1.2.3 any protocol");
    assertThat(policy.transform(TransformType.SN))
        .contains(Transform.of(TransformType.SN, SnId.UNSPECIFIED_32));
    assertThat(policy.keyLifetimeSeconds()).hasValue(3600);
    assertThat(policy.initialMessageId()).isEmpty();
    assertThat(encode(policy)).isEqualTo(Vectors.ESP_POLICY);
  }

  @Test
  void decodesNextSpis() throws WireException {
    GroupSaPolicy policy = decode(ESP + GCM + SN + "00030004c0ffee0200030004c0ffee03");
    assertThat(policy.nextSpis())
        .containsExactly(Octets.ofHex("c0ffee02"), Octets.ofHex("c0ffee03"));
  }

  @Test
  void keepsUnknownAttributesAndTransforms() throws WireException {
    String hex = ESP + GCM + "0300000863000001" + SN + "c0000001" + "40010000";
    GroupSaPolicy policy = decode(hex);
    assertThat(policy.unexpectedTransforms()).containsExactly(Transform.of(0x63, 1));
    assertThat(policy.attributes())
        .containsExactly(
            new GroupSaAttribute(0x4000, true, Octets.ofHex("0001")),
            new GroupSaAttribute(0x4001, false, Octets.EMPTY));
    assertThat(encode(policy)).isEqualTo(lengthFilledIn(hex));
  }

  @Test
  void transformsOfOtherProtocolsAreUnexpected() throws WireException {
    assertThat(decode(AH + "0300000803000008" + GCM + SN).unexpectedTransforms())
        .containsExactly(Transform.of(TransformType.ENCR, EncrId.AES_GCM_16, 256));
    assertThat(decode(ESP + GCM + "030000080d000003" + SN).unexpectedTransforms()).hasSize(1);
  }

  @Test
  void refusesMissingTransforms() {
    refuses(ESP + "0000000c01000014800e0100", "group SA transforms", 40);
    refuses(ESP + SN, "group SA transforms", 40);
    refuses(AH + SN, "group SA transforms", 40);
    refuses(AH + "0000000803000008", "group SA transforms", 40);
    refuses(REKEY + KWA, "group SA transforms", 52);
    refuses(REKEY + "0000000c01000014800e0100", "group SA transforms", 52);
    refuses(ESP, "Transform Last Substruc", 40);
  }

  @Test
  void refusesRepeatedTransforms() {
    refuses(ESP + GCM + GCM + SN, "group SA transforms", 40);
    refuses(ESP + "0300000863000001".repeat(2) + GCM + SN, "group SA transforms", 40);
    refuses(ESP + "0300000863000001".repeat(33), "Transform", 40 + 32 * 8);
  }

  @Test
  void wantsTheSignatureAlgorithmExactlyWithSignatures() throws WireException {
    String implicit = GCM + "030000080e000001" + KWA;
    assertThat(decode(REKEY + implicit).transform(TransformType.GCAUTH))
        .contains(Transform.of(TransformType.GCAUTH, GcauthId.IMPLICIT));
    String field = "Signature Algorithm Identifier";
    refuses(REKEY + GCM + "030000080e000002" + KWA, field, 52);
    refuses(REKEY + GCM + "0300000d0e0000010012000130" + KWA, field, 52);
    refuses(ESP + "0300000d010000140012000130" + SN, field, 40);
  }

  @Test
  void refusesReservedSpis() {
    String rest = TS + TS + GCM + SN;
    refuses("0304000000000000" + rest, "group SA policy SPI", 4);
    refuses("03040000000000ff" + rest, "group SA policy SPI", 4);
    refuses("02040000000000ff" + rest, "group SA policy SPI", 4);
    refuses("06100000" + "00".repeat(16) + rest, "group SA policy SPI", 4);
    refuses(ESP + GCM + SN + "00030004000000ff", "GSA_NEXT_SPI", 84 - 20);
  }

  @Test
  void refusesSpisOfAnotherSize() {
    refuses("03100000" + "11".repeat(16) + TS + TS + GCM + SN, "group SA policy SPI Size", 1);
    refuses("06040000c0ffee01" + TS + TS + GCM + KWA, "group SA policy SPI Size", 1);
    refuses("03000000" + TS + TS + GCM + SN, "group SA policy SPI Size", 1);
    refuses("0304000001", "group SA policy SPI", 4);
  }

  @Test
  void refusesAttributesOfAnotherFormOrLength() {
    String policy = ESP + GCM + SN;
    refuses(policy + "80010e10", "GSA_KEY_LIFETIME", 60);
    refuses(policy + "000100020e10", "GSA_KEY_LIFETIME", 64);
    refuses(policy + "0001000000", "GSA_KEY_LIFETIME", 64);
    refuses(policy + "0001000500000000", "group SA policy attribute 1 value", 64);
    refuses(policy + "0002000400000001", "GSA_INITIAL_MESSAGE_ID", 60);
    refuses(policy + "0003000201", "group SA policy attribute 3 value", 64);
    refuses(policy + "00030010" + "11".repeat(16), "GSA_NEXT_SPI", 64);
    refuses(policy + "0001000400000e10".repeat(2), "group SA policy attribute 1", 76);
    refuses(policy + "00", "group SA policy attribute type", 60);
    refuses(policy + "c0000000".repeat(65), "group SA policy attributes", 60 + 64 * 4);
  }

  @Test
  void refusesTwoAddressFamilies() {
    String six = "080000280000ffff" + "00".repeat(16) + "ff".repeat(16);
    refuses("03040000c0ffee01" + TS + six + GCM + SN, "destination TS Type", 64);
  }

  private static String encode(GroupPolicy policy) {
    ByteWriter out = new ByteWriter();
    policy.encode(out);
    return out.toOctets().toHex();
  }
}
