package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gkm.ike.IkeEffect;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.KdPayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A hostile key server: policy and keys of its choice in messages that are authentic. Whatever they
 * are, the member never fails and never holds an SA outside {@code allow} or beyond its end; it
 * takes no GSA_REKEY twice, and a proper one afterwards, unless it was told to go. Payloads that do
 * not parse are not tried here.
 *
 * <p>In a test run each target is given the committed inputs (src/test/resources,
 * GroupFuzzTestInputs); scripts/fuzz looks for more.
 */
class GroupFuzzTest {
  private static final GroupSettings VIDEO = Groups.video(Role.BOTH);

  private static MemberRun member() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(1000), TestSa.rekey().lasting(2000));
    return run;
  }

  /** First octet: the type of the first payload; then the payloads. */
  private static Optional<PayloadChain> chain(byte[] data) {
    if (data.length == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          PayloadChain.decode(data[0] & 0xff, Arrays.copyOfRange(data, 1, data.length), 0));
    } catch (WireException e) {
      // What does not parse never gets so far.
      return Optional.empty();
    }
  }

  /** The payloads of a registration's answer. */
  @FuzzTest
  void registrationAnswer(byte[] data) {
    Optional<PayloadChain> chain = chain(data);
    if (chain.isEmpty()
        || chain.get().first(GsaPayload.class).isEmpty()
        || chain.get().first(KdPayload.class).isEmpty()) {
      return;
    }
    MemberRun run = MemberRun.of(VIDEO).start();
    run.hears(
        new IkeEffect.Established(run.session().info()),
        new IkeEffect.Registered(
            VIDEO.id(),
            new io.gkm.ike.RegistrationAnswer(
                chain.get().first(GsaPayload.class).get(),
                chain.get().first(KdPayload.class).get(),
                chain.get().all(NotifyPayload.class),
                TestAnswer.keyWrap())));
    check(run);
    run.pass(Duration.ofSeconds(1));
    check(run);
    run.pass(Duration.ofHours(1));
    check(run);
  }

  /** The payloads inside a correctly sealed GSA_REKEY. */
  @FuzzTest
  void multicastRekey(byte[] data) {
    Optional<PayloadChain> chain = chain(data);
    if (chain.isEmpty() || chain.get().payloads().isEmpty()) {
      return;
    }
    MemberRun run = member();
    TestRekey server = TestRekey.first();
    byte[] message = server.sealed(chain.get().payloads());
    run.rekey(message);
    check(run);
    List<String> after = run.spis();
    long taken = run.group(0).rekey().map(GroupStatus.RekeyStatus::accepted).orElse(0L);
    run.rekey(message);
    assertThat(run.group(0).rekey().map(GroupStatus.RekeyStatus::accepted).orElse(0L))
        .isEqualTo(taken);
    assertThat(run.spis()).isEqualTo(after);
    if (run.group(0).rekey().filter(r -> r.nextMessageId() == 1).isPresent()) {
      run.rekey(server.message(TestSa.esp(0x7ffffff1).key(TestSa.material(64, 99)).lasting(1000)));
      assertThat(run.spis()).contains("0x7ffffff1");
    }
    run.pass(Duration.ofSeconds(5));
    check(run);
  }

  /** The payloads of a GSA_INBAND_REKEY. */
  @FuzzTest
  void inbandRekey(byte[] data) {
    Optional<PayloadChain> chain = chain(data);
    if (chain.isEmpty()) {
      return;
    }
    MemberRun run = member();
    run.hears(
        new IkeEffect.InbandRekey(
            chain.get().first(GsaPayload.class),
            chain.get().first(KdPayload.class),
            chain.get().all(DeletePayload.class),
            chain.get().all(NotifyPayload.class),
            TestAnswer.keyWrap()));
    check(run);
    run.pass(Duration.ofSeconds(5));
    check(run);
  }

  private static void check(MemberRun run) {
    for (GroupState group : run.member.desired()) {
      try (group) {
        for (DataSa sa : group.dataSas()) {
          assertThat(VIDEO.allow())
              .as(sa.spiText())
              .anyMatch(flow -> flow.contains(sa.source(), sa.destination()));
          assertThat(sa.expiresAt())
              .as(sa.spiText())
              .matches(end -> end.isEmpty() || run.now.isBefore(end.get()), "has not ended");
          assertThat(sa.transportMode()).isTrue();
          assertThat(Integer.compareUnsigned(sa.spi(), 256)).isNotNegative();
        }
      }
    }
    assertThat(run.events).hasSizeLessThan(200);
    run.events.forEach(event -> assertThat(event.text()).hasSizeLessThan(20_000));
  }
}
