package io.gkm.group;

import static io.gkm.group.TestSa.HMAC_SHA2_256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.group.PolicyDecision.Accepted;
import io.gkm.group.PolicyDecision.SenderIds;
import io.gkm.ike.Moment;
import io.gkm.ike.RegistrationAnswer;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.DataSaKeys;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.KdPayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import io.gkm.ike.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyAcceptanceTest {
  private static final Moment NOW = new Moment(1_000_000_000L);

  private final PolicyAcceptance acceptance = new PolicyAcceptance(Groups.LOCAL);

  private Accepted accept(Role role, TestAnswer answer) {
    return accept(Groups.video(role), answer.build());
  }

  private Accepted accept(GroupSettings group, RegistrationAnswer answer) {
    PolicyDecision decision = acceptance.decide(NOW, group, group.role().sends() ? 1 : 0, answer);
    assertThat(decision).isInstanceOf(Accepted.class);
    return (Accepted) decision;
  }

  @Test
  @Tag("GM-27")
  void acceptsAnSaInsideTheAllowedFlow() {
    TestSa policy = TestSa.esp(0xc0ffee01);

    Accepted accepted = accept(Role.BOTH, TestAnswer.of(policy));

    assertThat(accepted.dataSas()).hasSize(1);
    DataSa sa = accepted.dataSas().get(0);
    assertThat(sa.protocolId()).isEqualTo(3);
    assertThat(sa.spiText()).isEqualTo("0xc0ffee01");
    assertThat(sa.transportMode()).isTrue();
    assertThat(sa.suite().name()).isEqualTo("ENCR_AES_CBC-256+AUTH_HMAC_SHA2_256_128");
    assertThat(sa.keys().encryption().bytes()).isEqualTo(Arrays.copyOf(policy.key, 32));
    assertThat(sa.keys().integrity().bytes()).isEqualTo(Arrays.copyOfRange(policy.key, 32, 64));
    assertThat(sa.inbound()).isTrue();
    assertThat(sa.outbound()).isTrue();
    assertThat(sa.replayWindow()).isZero();
    assertThat(sa.installedAt()).isEqualTo(NOW);
    assertThat(sa.expiresAt()).contains(NOW.plus(Duration.ofHours(1)));
    assertThat(accepted.limits()).isEmpty();
    assertThat(accepted.shortestLifetime()).contains(Duration.ofHours(1));
    assertThat(accepted.atd()).isZero();
    assertThat(accepted.senderIds()).isEmpty();
    assertThat(accepted.rekey()).isEmpty();
  }

  @Test
  void takesDelaysAndTheShortestLifetime() {
    Accepted accepted =
        accept(
            Role.RECEIVER,
            TestAnswer.of(
                    TestSa.esp(0x100).lasting(600),
                    TestSa.esp(0x101).lasting(60).key(TestSa.material(64, 2)))
                .groupWide("8001000a80020014"));

    assertThat(accepted.shortestLifetime()).contains(Duration.ofMinutes(1));
    assertThat(accepted.atd()).isEqualTo(Duration.ofSeconds(10));
    assertThat(accepted.dtd()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void theRekeySaMayHaveTheShortestLifetime() {
    Accepted accepted =
        accept(
            Role.RECEIVER,
            TestAnswer.of(TestSa.esp(0x100).lasting(600), TestSa.rekey().lasting(300)));

    assertThat(accepted.shortestLifetime()).contains(Duration.ofMinutes(5));
  }

  @Test
  void wipesTheKeysOfAnSaWithoutUse() {
    List<DataSaKeys> unwrapped = new ArrayList<>();

    acceptance.decide(
        NOW,
        Groups.video(Role.SENDER),
        1,
        TestAnswer.of(TestSa.gcm(0x100), TestSa.esp(0x101)).build(),
        unwrapped);

    assertThatThrownBy(() -> unwrapped.get(0).encryption().bytes())
        .isInstanceOf(IllegalStateException.class);
    assertThat(unwrapped.get(1).encryption().length()).isEqualTo(32);
  }

  @Test
  void withoutLifetimeAnSaHasNoEnd() {
    Accepted accepted = accept(Role.RECEIVER, TestAnswer.of(TestSa.esp(0x100).attributes()));

    assertThat(accepted.shortestLifetime()).isEmpty();
    assertThat(accepted.dataSas().get(0).expiresAt()).isEmpty();
  }

  /** The GSA and KD of a published set of octets: GCM, SN 2, any source, with ATD and DTD. */
  @Test
  void acceptsTheVectorOfASharedGcmSa() throws WireException, CryptoException {
    byte[] gsa =
        HexFormat.of()
            .parseHex(
                "03040044c0ffee01070000100000ffff00000000ffffffff070000100000ffffef010203ef010203"
                    + "0300000c01000014800e010000000008050000020001000400000e10"
                    + "0000000c8001000a80020014");
    byte[] kd =
        HexFormat.of()
            .parseHex(
                "03040044c0ffee010001003800000000000000006c827a10c3084880ed004e2c36202dd9a90a93dff1"
                    + "56f43d9db5848a13af71c5663a0c61abbc4c7952e6733f000d7ecb");
    byte[] gskW = new byte[32];
    byte[] key = new byte[36];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (0xa0 + i);
    }
    for (int i = 0; i < gskW.length; i++) {
      gskW[i] = (byte) (36 + i);
    }
    RegistrationAnswer decoded = TestAnswer.decode(gsa, kd, List.of(NotifyType.USE_TRANSPORT_MODE));
    RegistrationAnswer answer =
        new RegistrationAnswer(
            decoded.gsa(), decoded.kd(), decoded.notifies(), KeyWrap.of(3, Secret.wrap(gskW)));

    Accepted accepted = accept(Groups.group("g", Role.BOTH, "0.0.0.0/0 -> 239.1.2.3/32"), answer);

    DataSa sa = accepted.dataSas().get(0);
    assertThat(sa.keys().encryption().bytes()).isEqualTo(key);
    assertThat(sa.keys().integrity().length()).isZero();
    assertThat(sa.suite().name()).isEqualTo("ENCR_AES_GCM_16-256");
    assertThat(sa.inbound()).isTrue();
    assertThat(sa.outbound()).as("no Sender-ID in the kernel's IV").isFalse();
    assertThat(accepted.limits()).singleElement().asString().contains("several senders");
    assertThat(accepted.dtd()).isEqualTo(Duration.ofSeconds(20));
  }

  /** The GIKE_UPDATE policy, group-wide policy and member key bag of the published octets. */
  @Test
  void acceptsTheVectorOfARekeySaBesideADataSa() throws WireException {
    String rekey =
        "0610006b00112233445566778899aabbccddeeff0711001003500350c0000201c00002010711001003500350"
            + "efff0001efff00010300000c01000014800e0100030000080d000003000000130e0000020012000730"
            + "0506032b657000010004000151800002000400000001";
    String wide = "000000108001000a8002001480030008";
    String member =
        "0000003c0002002c302a300506032b657003210003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f"
            + "1ddc8664125531b80003000400000005";
    TestSa gcm =
        TestSa.gcm(0xc0ffee01).from("192.0.2.10").transforms(TestSa.AES_GCM_256, TestSa.sn(0));
    TestSa forRekey = TestSa.rekey();
    forRekey.spi = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    HexFormat hex = HexFormat.of();
    byte[] gsa = hex.parseHex(rekey + hex.formatHex(gcm.policy()) + wide);
    TestAnswer keys = TestAnswer.of(forRekey, gcm);
    keys.memberBag = hex.parseHex(member);

    Accepted accepted =
        accept(
            Groups.video(Role.SENDER),
            TestAnswer.decode(gsa, keys.kd(), List.of(NotifyType.USE_TRANSPORT_MODE)));

    assertThat(accepted.rekey()).isPresent();
    assertThat(accepted.rekey().get().policy().spi().toHex())
        .isEqualTo("00112233445566778899aabbccddeeff");
    assertThat(accepted.rekey().get().policy().destination().toString())
        .isEqualTo("/239.255.0.1:848");
    assertThat(accepted.rekey().get().policy().lifetime()).isEqualTo(Duration.ofDays(1));
    assertThat(accepted.senderIds()).contains(new SenderIds(8, List.of(5L)));
    assertThat(accepted.shortestLifetime()).contains(Duration.ofHours(1));
    assertThat(accepted.dataSas()).singleElement().extracting(DataSa::outbound).isEqualTo(true);
  }

  @Test
  @Tag("GM-29")
  void findsTheKeyOfTheRekeySaThroughTheKeyTree() throws CryptoException {
    HexFormat hex = HexFormat.of();
    try (KeyWrap gskW = TestAnswer.keyWrap();
        KeyWrap leaf = KeyWrap.of(3, Secret.wrap(TestSa.material(32, 70)));
        KeyWrap root = KeyWrap.of(3, Secret.wrap(TestSa.material(32, 10)))) {
      TestSa rekey = TestSa.rekey();
      rekey.kwkId = 1;
      rekey.wrapBy = Optional.of(root);
      String ownKey = hex.formatHex(gskW.wrap(Secret.wrap(TestSa.material(32, 70))));
      String rootKey = hex.formatHex(leaf.wrap(Secret.wrap(TestSa.material(32, 10))));
      TestAnswer answer =
          TestAnswer.of(rekey, TestSa.esp(0x100))
              // WRAP_KEYs: Key ID 1 under Key ID 7, Key ID 7 under the IKE SA's key.
              .memberBag(
                  "00010030"
                      + "0000000100000007"
                      + rootKey
                      + "00010030"
                      + "0000000700000000"
                      + ownKey);

      RekeyGrant grant = accept(Role.RECEIVER, answer).rekey().orElseThrow();

      assertThat(grant.path().ids()).containsExactly(1L, 7L);
      assertThat(grant.keys().gskE().bytes()).isEqualTo(Arrays.copyOf(TestSa.material(68, 9), 36));
    }
  }

  /** Role, what the source selector names, algorithm and SN, then the directions expected. */
  @ParameterizedTest
  @CsvSource({
    "RECEIVER, any,   cbc, 2, true,  false",
    "SENDER,   any,   cbc, 2, false, true",
    "BOTH,     any,   cbc, 2, true,  true",
    "RECEIVER, any,   gcm, 2, true,  false",
    "BOTH,     any,   gcm, 2, true,  false",
    "BOTH,     any,   gcm, 0, true,  false",
    "RECEIVER, ours,  cbc, 0, true,  false",
    "SENDER,   ours,  cbc, 0, false, true",
    "BOTH,     ours,  cbc, 0, false, true",
    "BOTH,     ours,  gcm, 0, false, true",
    "SENDER,   ours,  gcm, 0, false, true",
    "RECEIVER, other, gcm, 0, true,  false",
    "BOTH,     other, gcm, 0, true,  false",
    "BOTH,     other, cbc, 2, true,  false",
  })
  @Tag("GM-11")
  @Tag("GM-12")
  void usesAnSaInTheDirectionsOfRoleAndSender(
      Role role, String source, String algorithm, int sn, boolean in, boolean out) {
    DataSa sa = accept(role, TestAnswer.of(sa(source, algorithm, sn))).dataSas().get(0);

    assertThat(sa.inbound()).isEqualTo(in);
    assertThat(sa.outbound()).isEqualTo(out);
    assertThat(sa.replayWindow()).isEqualTo(in && sn == 0 ? 64 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "SENDER, any,   gcm, 2, has several senders",
    "SENDER, any,   gcm, 0, has several senders",
    "SENDER, ours,  gcm, 2, has several senders",
    "BOTH,   ours,  gcm, 2, has several senders",
    "SENDER, other, cbc, 0, is for the sender 192.0.2.99",
  })
  void saysWhyAnSaHasNoUse(Role role, String source, String algorithm, int sn, String why) {
    Accepted accepted = accept(role, TestAnswer.of(sa(source, algorithm, sn)));

    assertThat(accepted.dataSas()).isEmpty();
    assertThat(accepted.limits()).singleElement().asString().contains(why, "0x00000100");
    assertThat(accepted.shortestLifetime()).isPresent();
  }

  private static TestSa sa(String source, String algorithm, int sn) {
    TestSa sa = algorithm.equals("gcm") ? TestSa.gcm(0x100) : TestSa.esp(0x100);
    sa.transforms.set(sa.transforms.size() - 1, TestSa.sn(sn));
    return switch (source) {
      case "ours" -> sa.from("192.0.2.10");
      case "other" -> sa.from("192.0.2.99");
      default -> sa;
    };
  }

  @Test
  void ofSeveralSasForOneTrafficTheLongestLivedSends() {
    Accepted accepted =
        accept(
            Role.BOTH,
            TestAnswer.of(
                TestSa.esp(0x100).lasting(100).key(TestSa.material(64, 1)),
                TestSa.esp(0x101).lasting(300).key(TestSa.material(64, 2)),
                TestSa.esp(0x102).lasting(300).key(TestSa.material(64, 3)),
                TestSa.esp(0x103).lasting(200).key(TestSa.material(64, 4))));

    assertThat(accepted.dataSas()).extracting(DataSa::inbound).containsOnly(true);
    assertThat(accepted.dataSas())
        .filteredOn(DataSa::outbound)
        .extracting(DataSa::spi)
        .containsExactly(0x102);
  }

  @Test
  void aSenderOnlyHasTheOneOfSeveralItSendsWith() {
    Accepted accepted =
        accept(
            Role.SENDER,
            TestAnswer.of(
                TestSa.esp(0x100).attributes().key(TestSa.material(64, 1)),
                TestSa.esp(0x101).lasting(300).key(TestSa.material(64, 2))));

    assertThat(accepted.dataSas()).extracting(DataSa::spi).containsExactly(0x100);
  }

  @Test
  void ipv6IsAcceptedAsIpv4Is() {
    GroupSettings group = Groups.group("six", Role.BOTH, "2001:db8::/32 -> ff3e::/16 udp/5000");
    TestSa any =
        TestSa.esp(0x100)
            .source("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 17, 0, 65535)
            .destination("ff3e::1", "ff3e::1", 17, 5000, 5000);
    TestSa one =
        TestSa.gcm(0x101)
            .key(TestSa.material(36, 3))
            .source("2001:db8::7", "2001:db8::7", 17, 0, 65535)
            .destination("ff3e::1", "ff3e::1", 17, 5000, 5000);

    List<DataSa> sas = accept(group, TestAnswer.of(any, one).build()).dataSas();

    assertThat(sas).extracting(DataSa::inbound).containsExactly(true, true);
    assertThat(sas).extracting(DataSa::outbound).containsExactly(true, false);
    assertThat(SaStatuses.of(sas.get(0), NOW).selectors())
        .isEqualTo("2001:db8:0:0:0:0:0:0/32 -> ff3e:0:0:0:0:0:0:1 udp/5000");
  }

  @Test
  void anIpv6RangeThatFallsIntoTooManyPrefixesIsRefused() {
    GroupSettings group = Groups.group("six", Role.BOTH, "::/0 -> ff3e::/16 udp/5000");
    TestSa sa =
        TestSa.esp(0x100)
            .source("::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", 17, 0, 65535)
            .destination("ff3e::1", "ff3e::1", 17, 5000, 5000);

    PolicyDecision decision = acceptance.decide(NOW, group, 1, TestAnswer.of(sa).build());

    assertThat(((PolicyDecision.Refused) decision).reason()).contains("too many kernel policies");
  }

  @Test
  void ahIsAcceptedWhereTheTrafficNeedNotBeEncrypted() {
    TestSa ah =
        TestSa.esp(0x100)
            .protocol(2)
            .transforms(HMAC_SHA2_256, TestSa.sn(2))
            .key(TestSa.material(32, 5));
    Accepted accepted = accept(Groups.readable(Role.BOTH), TestAnswer.of(ah).build());

    DataSa sa = accepted.dataSas().get(0);
    assertThat(sa.protocolId()).isEqualTo(2);
    assertThat(sa.suite().name()).isEqualTo("AUTH_HMAC_SHA2_256_128");
    assertThat(sa.keys().encryption().length()).isZero();
    assertThat(sa.keys().integrity().bytes()).isEqualTo(TestSa.material(32, 5));
    assertThat(SaStatuses.of(sa, NOW).protocol()).isEqualTo("AH");
  }

  /** An SPI belongs to a protocol: AH and ESP have one each. */
  @Test
  void ahAndEspMayHaveOneSpi() {
    TestSa ah =
        TestSa.esp(0x100)
            .protocol(2)
            .from("192.0.2.77")
            .transforms(HMAC_SHA2_256, TestSa.sn(0))
            .key(TestSa.material(32, 5));

    assertThat(
            accept(Groups.readable(Role.BOTH), TestAnswer.of(ah, TestSa.esp(0x100)).build())
                .dataSas())
        .extracting(DataSa::protocolId)
        .containsExactly(2, 3);
  }

  @Test
  void everythingOfSagThatOnlyAuthenticatesIsAcceptedToo() {
    List<Proposal> sag = SupportedPolicy.sag(Confidentiality.OPTIONAL, false).proposals();
    assertThat(sag).extracting(Proposal::protocolId).containsExactly(6, 3, 2);
    byte[] gmac = {1, 0, 0, 21, (byte) 0x80, 14, 0, (byte) 192};
    List<TestSa> sas =
        List.of(
            TestSa.esp(0x101).transforms(gmac, TestSa.sn(0)).key(TestSa.material(28, 1)),
            TestSa.esp(0x102)
                .transforms(TestSa.transform(1, 11), HMAC_SHA2_256, TestSa.sn(0))
                .key(TestSa.material(32, 1)));
    for (TestSa sa : sas) {
      assertThat(accept(Groups.readable(Role.RECEIVER), TestAnswer.of(sa).build()).dataSas())
          .hasSize(1);
    }
    for (Transform integ : sag.get(2).transforms(TransformType.INTEG)) {
      TestSa ah =
          TestSa.esp(0x103)
              .protocol(2)
              .transforms(TestSa.transform(3, integ.id()), TestSa.sn(0))
              .key(TestSa.material(integ.id() == 8 ? 16 : (integ.id() - 10) * 16, 1));
      assertThat(accept(Groups.readable(Role.RECEIVER), TestAnswer.of(ah).build()).dataSas())
          .hasSize(1);
    }
  }

  @Test
  void acceptsEveryEncryptionOfSag() {
    SupportedPolicy.sag(Confidentiality.REQUIRED, false).proposals().get(1).transforms(1).stream()
        .forEach(
            transform -> {
              int bits = transform.keyLength().orElse(0);
              byte[] encr = {1, 0, 0, (byte) transform.id()};
              if (bits != 0) {
                encr =
                    new byte[] {
                      1,
                      0,
                      0,
                      (byte) transform.id(),
                      (byte) 0x80,
                      14,
                      (byte) (bits >> 8),
                      (byte) bits
                    };
              }
              boolean cipher = transform.id() == 12 || transform.id() == 13;
              int octets = (bits == 0 ? 32 : bits / 8) + salt(transform.id()) + (cipher ? 32 : 0);
              TestSa sa = TestSa.esp(0x100).key(TestSa.material(octets, 1));
              sa =
                  cipher
                      ? sa.transforms(encr, HMAC_SHA2_256, TestSa.sn(0))
                      : sa.transforms(encr, TestSa.sn(0));
              assertThat(accept(Role.RECEIVER, TestAnswer.of(sa)).dataSas()).hasSize(1);
            });
  }

  private static int salt(int encr) {
    return switch (encr) {
      case 12 -> 0;
      case 14, 15, 16 -> 3;
      default -> 4;
    };
  }

  @Test
  void aPolicyOfSeveralGroupsAddressesInOneAnswer() {
    Accepted accepted =
        accept(
            Groups.group("two", Role.RECEIVER, "0.0.0.0/0 -> 239.1.1.0/24 udp"),
            TestAnswer.of(
                    TestSa.esp(0x100).destination("239.1.1.1", "239.1.1.1", 17, 0, 65535),
                    TestSa.esp(0x101)
                        .destination("239.1.1.2", "239.1.1.2", 17, 7, 9)
                        .key(TestSa.material(64, 2)))
                .build());

    assertThat(accepted.dataSas()).extracting(DataSa::spi).containsExactly(0x100, 0x101);
  }

  @Test
  void doesNotCloseTheAnswerItWasShown() throws CryptoException {
    RegistrationAnswer answer = TestAnswer.of(TestSa.esp(0x100)).build();

    accept(Groups.video(Role.RECEIVER), answer);

    // Unwrapping again works only while the key-encryption key is there.
    assertThat(accept(Groups.video(Role.RECEIVER), answer).dataSas()).hasSize(1);
  }

  @Test
  void unusedNotifiesAndPayloadOrderDoNotMatter() {
    RegistrationAnswer answer = TestAnswer.of(TestSa.esp(0x100)).build();
    RegistrationAnswer more =
        new RegistrationAnswer(
            new GsaPayload(answer.gsa().policies()),
            new KdPayload(answer.kd().bags()),
            List.of(NotifyPayload.of(16404), NotifyPayload.of(NotifyType.USE_TRANSPORT_MODE)),
            answer.keyWrap());

    assertThat(accept(Groups.video(Role.RECEIVER), more).senderIds()).isEqualTo(Optional.empty());
  }
}
