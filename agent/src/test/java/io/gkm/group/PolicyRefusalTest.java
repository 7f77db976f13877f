package io.gkm.group;

import static io.gkm.group.TestSa.AES_CBC_256;
import static io.gkm.group.TestSa.AES_GCM_256;
import static io.gkm.group.TestSa.HMAC_SHA2_256;
import static io.gkm.group.TestSa.material;
import static io.gkm.group.TestSa.sn;
import static io.gkm.group.TestSa.transform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.group.PolicyDecision.Refused;
import io.gkm.ike.Moment;
import io.gkm.ike.RegistrationAnswer;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.DataSaKeys;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.wire.GroupKeyBag;
import io.gkm.ike.wire.GroupPolicy;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.KdPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.WrappedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reason to refuse a registration's policy, one thing bent at a time. */
class PolicyRefusalTest {
  private static final Moment NOW = new Moment(0);
  private static final TestSa GOOD = TestSa.esp(0x200).key(material(64, 2));

  private static PolicyAcceptance acceptance() {
    return new PolicyAcceptance(Groups.LOCAL);
  }

  static void refuses(Role role, TestAnswer answer, String reason) {
    RegistrationAnswer built = answer.build();
    PolicyDecision decision =
        acceptance().decide(NOW, Groups.video(role), role.sends() ? 1 : 0, built);

    assertThat(decision).isInstanceOf(Refused.class);
    Refused refused = (Refused) decision;
    assertThat(refused.reason()).contains(reason);
    assertThat(refused.notifyType()).isEqualTo(NotifyType.NO_PROPOSAL_CHOSEN);
  }

  private static Arguments sa(String reason, Consumer<TestSa> change) {
    TestSa sa = TestSa.esp(0x100);
    change.accept(sa);
    return Arguments.of(reason, sa);
  }

  static Stream<Arguments> dataSas() {
    return Stream.of(
        sa(
            "AH SA 0x00000100 uses AUTH_HMAC_SHA2_256_128, which encrypts nothing",
            s ->
                s.from("192.0.2.7")
                    .protocol(2)
                    .transforms(HMAC_SHA2_256, sn(2))
                    .key(material(32, 1))),
        // Traffic.
        sa("`allow` does not cover", s -> s.destination("239.1.1.2", "239.1.1.2", 17, 5000, 5000)),
        sa("`allow` does not cover", s -> s.destination("239.1.1.1", "239.1.1.1", 17, 5001, 5001)),
        sa("`allow` does not cover", s -> s.destination("239.1.1.1", "239.1.1.1", 17, 4999, 5000)),
        sa("`allow` does not cover", s -> s.destination("239.1.1.1", "239.1.1.1", 17, 0, 65535)),
        sa("`allow` does not cover", s -> s.destination("239.1.1.0", "239.1.1.1", 17, 5000, 5000)),
        sa("`allow` does not cover", s -> s.destination("10.0.0.1", "10.0.0.1", 17, 5000, 5000)),
        sa("`allow` does not cover", s -> s.destination("239.1.1.1", "239.1.1.1", 17, 65535, 0)),
        sa(
            "any -> 239.1.1.1, which `allow` does not cover",
            s ->
                s.source("0.0.0.0", "255.255.255.255", 0, 0, 65535)
                    .destination("239.1.1.1", "239.1.1.1", 0, 0, 65535)),
        sa(
            "any -> any, which `allow` does not cover",
            s ->
                s.source("0.0.0.0", "255.255.255.255", 0, 0, 65535)
                    .destination("0.0.0.0", "255.255.255.255", 0, 0, 65535)),
        sa(
            "`allow` does not cover",
            s ->
                s.source("0.0.0.0", "255.255.255.255", 6, 0, 65535)
                    .destination("239.1.1.1", "239.1.1.1", 6, 5000, 5000)),
        sa(
            "different protocols for source and destination",
            s -> s.source("0.0.0.0", "255.255.255.255", 0, 0, 65535)),
        sa(
            "ports for a protocol without ports",
            s ->
                s.source("0.0.0.0", "255.255.255.255", 1, 8, 8)
                    .destination("239.1.1.1", "239.1.1.1", 1, 0, 65535)),
        sa(
            "ff3e:0:0:0:0:0:0:1 udp/5000, which `allow` does not cover",
            s ->
                s.source("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 17, 0, 65535)
                    .destination("ff3e::1", "ff3e::1", 17, 5000, 5000)),
        sa("too many kernel policies", s -> s.source("0.0.0.1", "255.255.255.254", 17, 0, 65535)),
        // Transforms.
        sa(
            "ENCR DES3, which is not supported",
            s -> s.transforms(transform(1, 3), HMAC_SHA2_256, sn(2))),
        sa(
            "which encrypts nothing",
            s -> s.transforms(transform(1, 11), HMAC_SHA2_256, sn(2)).key(material(32, 1))),
        sa(
            "which encrypts nothing",
            s ->
                s.transforms(new byte[] {1, 0, 0, 21, (byte) 0x80, 14, 0, (byte) 128}, sn(2))
                    .key(material(20, 1))),
        sa(
            "implicit IVs are not supported",
            s ->
                s.transforms(new byte[] {1, 0, 0, 30, (byte) 0x80, 14, 1, 0}, sn(2))
                    .key(material(36, 1))),
        sa(
            "does not take a key length of 512",
            s ->
                s.transforms(
                    new byte[] {1, 0, 0, 12, (byte) 0x80, 14, 2, 0}, HMAC_SHA2_256, sn(2))),
        sa(
            "does not take a key length of 0",
            s -> s.transforms(transform(1, 12), HMAC_SHA2_256, sn(2))),
        sa("without an integrity transform", s -> s.transforms(AES_CBC_256, sn(2))),
        sa(
            "without an integrity transform",
            s -> s.transforms(AES_CBC_256, transform(3, 0), sn(2))),
        sa(
            "with an integrity transform, which it must not have",
            s -> s.transforms(AES_GCM_256, HMAC_SHA2_256, sn(2))),
        sa(
            "INTEG transform 2 is not accepted",
            s -> s.transforms(AES_CBC_256, transform(3, 2), sn(2))),
        sa(
            "no key length belongs there",
            s -> s.transforms(AES_CBC_256, new byte[] {3, 0, 0, 12, (byte) 0x80, 14, 1, 0}, sn(2))),
        sa(
            "which is not understood",
            s ->
                s.transforms(
                    new byte[] {1, 0, 0, 12, (byte) 0x80, 14, 1, 0, (byte) 0x80, 99, 0, 1},
                    HMAC_SHA2_256,
                    sn(2))),
        sa("extended sequence numbers", s -> s.transforms(AES_CBC_256, HMAC_SHA2_256, sn(1))),
        sa(
            "SN SN(3), which is not supported",
            s -> s.transforms(AES_CBC_256, HMAC_SHA2_256, sn(3))),
        sa(
            "a kind it must not have",
            s -> s.transforms(AES_CBC_256, HMAC_SHA2_256, sn(2), transform(13, 3))),
        // Lifetime and keys.
        sa("lifetime of 0 s", s -> s.lasting(0)),
        sa("comes without keys", s -> s.bag = false),
        sa("key material has 63 octets, the SA needs 64", s -> s.key(material(63, 1))),
        sa("key material has 65 octets, the SA needs 64", s -> s.key(material(65, 1))));
  }

  @ParameterizedTest
  @MethodSource("dataSas")
  @Tag("GM-28")
  void refusesADataSa(String reason, TestSa sa) {
    // The bad one comes second: the first, good one is refused with it.
    refuses(Role.BOTH, TestAnswer.of(GOOD, sa), reason);
  }

  /**
   * Every ENCR number that RFC 8221 and RFC 9395 retire, that is not for ESP (22 is not assigned to
   * any), whose IV is implicit (29 to 31: not for groups, RFC 9838 section 2.6), or unassigned.
   */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 22, 23, 24, 25, 26, 27, 29, 30, 31, 32, 35, 1024
      })
  @Tag("GM-28")
  void refusesWeakAndUnknownEncryption(int id) {
    byte[] long256 = {1, 0, (byte) (id >> 8), (byte) id, (byte) 0x80, 14, 1, 0};
    for (byte[] encr : List.of(transform(1, id), long256)) {
      for (int octets : new int[] {32, 36, 64}) {
        refuses(
            Role.BOTH,
            TestAnswer.of(
                GOOD,
                TestSa.esp(0x100).transforms(encr, HMAC_SHA2_256, sn(2)).key(material(octets, 1))),
            "ESP SA 0x00000100 ");
        refuses(
            Role.BOTH,
            TestAnswer.of(GOOD, TestSa.esp(0x100).transforms(encr, sn(2)).key(material(octets, 1))),
            "ESP SA 0x00000100 ");
      }
    }
  }

  /** Every INTEG number but those offered, in ESP and where confidentiality is not asked for AH. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 15, 1024})
  @Tag("GM-28")
  void refusesWeakAndUnknownIntegrity(int id) {
    byte[] integ = transform(3, id);
    refuses(
        Role.BOTH,
        TestAnswer.of(GOOD, TestSa.esp(0x100).transforms(AES_CBC_256, integ, sn(2))),
        "ESP SA 0x00000100");
    for (int octets : new int[] {16, 20, 32}) {
      TestSa ah = TestSa.esp(0x100).protocol(2).transforms(integ, sn(2)).key(material(octets, 1));
      PolicyDecision decision =
          acceptance().decide(NOW, Groups.readable(Role.BOTH), 1, TestAnswer.of(ah).build());

      assertThat(((Refused) decision).reason()).contains("AH SA 0x00000100");
    }
  }

  @Test
  void theSaThatIsBentIsGoodOtherwise() {
    PolicyDecision decision =
        acceptance()
            .decide(
                NOW,
                Groups.video(Role.BOTH),
                1,
                TestAnswer.of(GOOD, TestSa.esp(0x100), TestSa.rekey()).build());

    assertThat(decision).isInstanceOf(PolicyDecision.Accepted.class);
  }

  @Test
  void asManySasAsAreSupportedAreAccepted() {
    PolicyDecision decision =
        acceptance().decide(NOW, Groups.video(Role.RECEIVER), 0, many(380).build());

    assertThat(decision).isInstanceOf(PolicyDecision.Accepted.class);
  }

  @Test
  void refusesSeveralGroupAddressesInOneSa() {
    PolicyDecision decision =
        acceptance()
            .decide(
                NOW,
                Groups.group("wide", Role.RECEIVER, "0.0.0.0/0 -> 239.1.1.0/24 udp"),
                0,
                TestAnswer.of(TestSa.esp(0x100).destination("239.1.1.1", "239.1.1.2", 17, 0, 65535))
                    .build());

    assertThat(((Refused) decision).reason()).contains("several group addresses", "239.1.1.1-239");
  }

  @Test
  void wipesWhatItHadUnwrapped() {
    List<DataSaKeys> unwrapped = new ArrayList<>();

    PolicyDecision decision =
        acceptance()
            .decide(
                NOW,
                Groups.video(Role.BOTH),
                1,
                TestAnswer.of(GOOD, TestSa.esp(0x100).key(material(63, 1))).build(),
                unwrapped);

    assertThat(decision).isInstanceOf(Refused.class);
    assertThat(unwrapped).hasSize(1);
    assertThatThrownBy(() -> unwrapped.get(0).encryption().bytes())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> unwrapped.get(0).integrity().bytes())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesWhatTheDecoderWouldNotLetThrough() {
    RegistrationAnswer good = TestAnswer.of(GOOD).build();
    GroupSaPolicy policy = good.gsa().dataSaPolicies().get(0);
    GroupKeyBag bag = good.kd().groupKeyBags().get(0);
    WrappedKey key = bag.saKeys().get(0);

    assertRefused(
        good, List.of(policy, policy), List.of(key), "two policies for ESP SA 0x00000200");
    assertRefused(good, List.of(policy), List.of(key, key), "exactly one SA_KEY");
    assertRefused(
        good,
        List.of(policy),
        List.of(new WrappedKey(1, 0, key.encryptedKey())),
        "exactly one SA_KEY of Key ID 0");
    assertRefused(
        good,
        List.of(policy),
        List.of(new WrappedKey(0, 4, key.encryptedKey())),
        "wrapped with key 4, not the IKE SA's");
    assertRefused(
        good,
        List.of(policy),
        List.of(new WrappedKey(0, 0, Octets.of(new byte[72]))),
        "wrapped key fails its integrity check");
    GroupSaPolicy withoutSn =
        new GroupSaPolicy(
            3,
            policy.spi(),
            policy.source(),
            policy.destination(),
            policy.transforms().subList(0, 2),
            policy.attributes());
    assertRefused(good, List.of(withoutSn), List.of(key), "has no SN transform");
  }

  private static void assertRefused(
      RegistrationAnswer good, List<GroupPolicy> policies, List<WrappedKey> keys, String reason) {
    GroupKeyBag bag = good.kd().groupKeyBags().get(0);
    RegistrationAnswer answer =
        new RegistrationAnswer(
            new GsaPayload(policies),
            new KdPayload(List.of(GroupKeyBag.of(3, bag.spi(), keys))),
            good.notifies(),
            good.keyWrap());
    PolicyDecision decision = acceptance().decide(NOW, Groups.video(Role.BOTH), 1, answer);

    assertThat(decision).isInstanceOf(Refused.class);
    assertThat(((Refused) decision).reason()).contains(reason);
  }

  static Stream<Arguments> answers() {
    TestSa noLifetime = TestSa.esp(0x100).attributes();
    TestAnswer stray = TestAnswer.of(GOOD);
    try (KeyWrap wrap = TestAnswer.keyWrap()) {
      stray.extraBag = TestSa.esp(0x300).keyBag(wrap);
    } catch (CryptoException e) {
      throw new IllegalStateException(e);
    }
    TestSa sameKey = TestSa.gcm(0x101);
    String authKey = "00020001" + "30";
    return Stream.of(
        Arguments.of(Role.BOTH, "it wants tunnel mode", TestAnswer.of(GOOD).notifies()),
        Arguments.of(Role.BOTH, "IP compression", TestAnswer.of(GOOD).notifies(16391, 16387)),
        Arguments.of(Role.BOTH, "AGGFRAG", TestAnswer.of(GOOD).notifies(16391, 16442)),
        Arguments.of(Role.BOTH, "of which there is no policy", stray),
        Arguments.of(
            Role.BOTH,
            "with a Rekey SA every SA needs a lifetime, and SA 0x00000100",
            TestAnswer.of(noLifetime, TestSa.rekey())),
        Arguments.of(Role.BOTH, "there is no Rekey SA", TestAnswer.of(GOOD).memberBag(authKey)),
        Arguments.of(
            Role.BOTH,
            "there is no Rekey SA",
            TestAnswer.of(GOOD).memberBag("00010020" + "0000000100000000" + "00".repeat(24))),
        Arguments.of(
            Role.BOTH,
            "does not sign rekeys, but",
            TestAnswer.of(GOOD, TestSa.rekey()).memberBag(authKey)),
        Arguments.of(
            Role.BOTH,
            "has the key of ESP SA 0x00000100",
            TestAnswer.of(TestSa.gcm(0x100), sameKey)),
        // Sender-IDs.
        Arguments.of(
            Role.RECEIVER,
            "this host did not ask for one",
            TestAnswer.of(TestSa.gcm(0x100)).groupWide("80030008").memberBag("0003000400000005")),
        Arguments.of(
            Role.BOTH,
            "no SA uses a counter mode",
            TestAnswer.of(GOOD).groupWide("80030008").memberBag("0003000400000005")),
        Arguments.of(
            Role.BOTH,
            "it assigns 2 Sender-IDs, but this host asked for 1",
            TestAnswer.of(TestSa.gcm(0x100))
                .groupWide("80030008")
                .memberBag("00030004000000050003000400000006")),
        Arguments.of(
            Role.BOTH,
            "without saying its size",
            TestAnswer.of(TestSa.gcm(0x100)).memberBag("0003000400000005")),
        Arguments.of(
            Role.BOTH,
            "Sender-ID 256 does not fit 8 bits",
            TestAnswer.of(TestSa.gcm(0x100)).groupWide("80030008").memberBag("0003000400000100")),
        Arguments.of(
            Role.BOTH,
            "a Sender-ID of 0 bits",
            TestAnswer.of(TestSa.gcm(0x100)).groupWide("80030000")),
        Arguments.of(
            Role.BOTH,
            "a Sender-ID of 65 bits",
            TestAnswer.of(TestSa.gcm(0x100)).groupWide("80030041").memberBag("0003000400000005")));
  }

  private static TestAnswer many(int count) {
    List<TestSa> sas = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> sas.add(TestSa.esp(0x1000 + i).key(material(64, i))));
    return TestAnswer.of(sas.toArray(TestSa[]::new));
  }

  @ParameterizedTest
  @MethodSource("answers")
  @Tag("GM-6")
  @Tag("GM-26")
  @Tag("GM-32")
  void refusesAnAnswer(Role role, String reason, TestAnswer answer) {
    refuses(role, answer, reason);
  }
}
