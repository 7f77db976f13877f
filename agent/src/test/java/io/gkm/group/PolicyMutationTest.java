package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.gkm.ike.Moment;
import io.gkm.ike.RegistrationAnswer;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.WireException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random damage to good policy and keys: the decoder or the acceptance refuses it with a reason, or
 * what is accepted is still inside {@code allow}; nothing else ever happens.
 */
class PolicyMutationTest {
  private static final int RUNS = 30_000;

  private final Random random = new Random(9838);
  private final PolicyAcceptance acceptance = new PolicyAcceptance(Groups.LOCAL);
  private final GroupSettings group = Groups.video(Role.BOTH);

  private int malformed;
  private int refused;
  private int accepted;

  private static List<TestAnswer> good() {
    TestSa single = TestSa.gcm(0x101).from("192.0.2.10");
    single.transforms(TestSa.AES_GCM_256, TestSa.sn(0));
    return List.of(
        TestAnswer.of(TestSa.esp(0x100)),
        TestAnswer.of(TestSa.esp(0x100), single, TestSa.rekey())
            .groupWide("8001000a8002001480030008")
            .memberBag("0003000400000005"));
  }

  @Test
  void nothingOutsideTheAllowedFlowsIsEverAccepted() {
    List<TestAnswer> good = good();
    for (int run = 0; run < RUNS; run++) {
      TestAnswer answer = good.get(random.nextInt(good.size()));
      byte[] gsa = answer.gsa();
      byte[] kd = answer.kd();
      if (random.nextInt(4) > 0) {
        gsa = mutate(gsa);
      } else {
        kd = mutate(kd);
      }
      try {
        check(gsa, kd);
      } catch (RuntimeException | AssertionError e) {
        HexFormat hex = HexFormat.of();
        fail("run " + run + " gsa " + hex.formatHex(gsa) + " kd " + hex.formatHex(kd), e);
      }
    }
    // All three outcomes must have been seen often, or the test tests nothing.
    assertThat(List.of(malformed, refused, accepted)).allMatch(count -> count > RUNS / 50);
  }

  private void check(byte[] gsa, byte[] kd) {
    RegistrationAnswer answer;
    try {
      answer = TestAnswer.decode(gsa, kd, List.of(NotifyType.USE_TRANSPORT_MODE));
    } catch (WireException e) {
      malformed++;
      return;
    }
    PolicyDecision decision = acceptance.decide(new Moment(0), group, 1, answer);
    if (decision instanceof PolicyDecision.Refused no) {
      refused++;
      assertThat(no.reason()).isNotBlank();
      return;
    }
    accepted++;
    for (GroupSaPolicy policy : answer.gsa().dataSaPolicies()) {
      assertThat(policy.protocolId()).isEqualTo(ProtocolId.ESP);
      assertThat(isAllowed(policy)).isTrue();
    }
    for (DataSa sa : ((PolicyDecision.Accepted) decision).dataSas()) {
      assertThat(sa.transportMode()).isTrue();
      assertThat(sa.inbound() || sa.outbound()).isTrue();
      assertThat(group.allow().get(0).contains(sa.source(), sa.destination())).isTrue();
      assertThat(sa.keys().encryption().length())
          .isEqualTo(sa.suite().encryption().orElseThrow().materialOctets());
      assertThat(Integer.toUnsignedLong(sa.spi())).isGreaterThan(255);
    }
  }

  /** Written apart from the code under test: the octets of 239.1.1.1, UDP, port 5000. */
  private static boolean isAllowed(GroupSaPolicy policy) {
    byte[] address = {(byte) 239, 1, 1, 1};
    return Arrays.equals(policy.destination().startAddress().toByteArray(), address)
        && Arrays.equals(policy.destination().endAddress().toByteArray(), address)
        && policy.destination().startPort() == 5000
        && policy.destination().endPort() == 5000
        && policy.destination().ipProtocol() == 17
        && policy.source().ipProtocol() == 17;
  }

  private byte[] mutate(byte[] octets) {
    byte[] result = octets;
    for (int change = random.nextInt(3); change >= 0; change--) {
      int at = random.nextInt(result.length);
      switch (random.nextInt(8)) {
        case 0 -> result = Arrays.copyOf(result, at + 1);
        case 1 -> result = insert(result, at);
        case 2 -> result[at] = (byte) random.nextInt(256);
        case 3 -> result[at]++;
        case 4 -> result[at] = 0;
        default -> result[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return result;
  }

  private byte[] insert(byte[] octets, int at) {
    byte[] result = Arrays.copyOf(octets, octets.length + 1);
    System.arraycopy(octets, at, result, at + 1, octets.length - at);
    result[at] = (byte) random.nextInt(256);
    return result;
  }
}
