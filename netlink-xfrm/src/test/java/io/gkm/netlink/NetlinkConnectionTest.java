package io.gkm.netlink;

import static io.gkm.netlink.ScriptedKernel.ack;
import static io.gkm.netlink.ScriptedKernel.done;
import static io.gkm.netlink.ScriptedKernel.error;
import static io.gkm.netlink.ScriptedKernel.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gkm.netlink.NetlinkConnection.Answer;
import io.gkm.netlink.NetlinkConnection.Request;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetlinkConnectionTest {
  private static final int KIND = 0x12;

  private final ScriptedKernel kernel = new ScriptedKernel();
  private final NetlinkConnection connection = new NetlinkConnection(kernel);

  @Test
  void anAnswerToAnOlderRequestIsSkipped() throws Exception {
    kernel.then(r -> {}).then(r -> deliverStaleThenOwn(r.get(0)));
    assertThatThrownBy(() -> connection.execute(request(1)))
        .isInstanceOfSatisfying(NetlinkException.class, e -> assertThat(e.isTimeout()).isTrue());
    assertThat(connection.execute(request(1)).error()).isEmpty();
    assertThat(kernel.delivered()).hasSize(2);
  }

  private void deliverStaleThenOwn(NetlinkMessage request) {
    NetlinkMessage older =
        new NetlinkMessage(
            request.type(), 0, request.sequence() - 1, request.portId(), new byte[0]);
    kernel.deliver(error(older, Errno.EPERM));
    kernel.deliver(ack(request));
  }

  @Test
  void anAnswerToAnotherPortIsSkipped() throws Exception {
    kernel.then(
        r -> {
          NetlinkMessage own = r.get(0);
          NetlinkMessage other =
              new NetlinkMessage(own.type(), 0, own.sequence(), own.portId() + 1, new byte[0]);
          kernel.deliver(error(other, Errno.EPERM));
          kernel.deliver(error(own, Errno.EEXIST));
        });
    Answer answer = connection.execute(request(1));
    assertThat(answer.error().orElseThrow().errno()).isEqualTo(Errno.EEXIST);
  }

  @Test
  void anErrorInTheMiddleOfABatchBelongsToItsRequest() throws Exception {
    kernel.then(
        r -> {
          kernel.deliver(ack(r.get(2)));
          kernel.deliver(error(r.get(1), Errno.EEXIST), ack(r.get(0)));
        });
    List<Answer> answers = connection.batch(List.of(request(1), request(2), request(3)));
    assertThat(kernel.sent()).hasSize(1);
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).error()).isEmpty();
    assertThat(answers.get(1).error().orElseThrow().errno()).isEqualTo(Errno.EEXIST);
    assertThat(answers.get(2).error()).isEmpty();
  }

  @Test
  void aLargeBatchGoesInSeveralSendsAndAnswersKeepTheirOrder() throws Exception {
    Consumer<List<NetlinkMessage>> step =
        r -> r.forEach(m -> kernel.deliver(m.sequence() % 7 == 0 ? error(m, Errno.ESRCH) : ack(m)));
    kernel.then(step).then(step).then(step);
    List<Answer> answers =
        connection.batch(IntStream.range(0, 300).mapToObj(NetlinkConnectionTest::request).toList());
    assertThat(kernel.sent()).hasSize(3);
    assertThat(answers).hasSize(300);
    for (int i = 0; i < 300; i++) {
      assertThat(answers.get(i).error().isPresent())
          .as("request %d", i)
          .isEqualTo((i + 1) % 7 == 0);
    }
  }

  @Test
  void aGetHasItsReplyBesideTheAcknowledgement() throws Exception {
    kernel.then(r -> kernel.deliver(reply(r.get(0), 0x10, new byte[] {1, 2, 3, 4}), ack(r.get(0))));
    Answer answer = connection.execute(request(1));
    assertThat(answer.error()).isEmpty();
    assertThat(answer.replies()).hasSize(1);
    assertThat(answer.replies().get(0).reader().bytes("payload", 4)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aDumpOverSeveralDatagramsIsCollectedUpToDone() throws Exception {
    kernel.then(
        r -> {
          kernel.deliver(
              reply(r.get(0), 0x10, new byte[] {1}), reply(r.get(0), 0x10, new byte[] {2}));
          kernel.deliver(reply(r.get(0), 0x10, new byte[] {3}));
          kernel.deliver(done(r.get(0), 0, 0));
        });
    Answer answer = connection.dump(request(1));
    assertThat(answer.error()).isEmpty();
    assertThat(answer.replies()).extracting(m -> m.reader().u8("payload")).containsExactly(1, 2, 3);
  }

  @Test
  void anInterruptedDumpIsAskedForAgain() throws Exception {
    kernel
        .then(
            r ->
                kernel.deliver(
                    reply(r.get(0), 0x10, new byte[] {1}),
                    done(r.get(0), NetlinkMessage.F_DUMP_INTR, 0)))
        .then(r -> kernel.deliver(reply(r.get(0), 0x10, new byte[] {2}), done(r.get(0), 0, 0)));
    Answer answer = connection.dump(new Request(KIND, 0, new byte[] {9, 8, 7, 6}));
    assertThat(answer.replies()).extracting(m -> m.reader().u8("payload")).containsExactly(2);
    assertThat(kernel.sent()).hasSize(2);
    assertThat(Arrays.copyOfRange(kernel.sent().get(1), 16, 20)).containsExactly(9, 8, 7, 6);
  }

  @Test
  void aDumpInterruptedFiveTimesFails() {
    for (int i = 0; i < 5; i++) {
      kernel.then(r -> kernel.deliver(done(r.get(0), NetlinkMessage.F_DUMP_INTR, 0)));
    }
    assertThatThrownBy(() -> connection.dump(request(1)))
        .isExactlyInstanceOf(NetlinkException.class)
        .hasMessageContaining("interrupted 5 times");
    assertThat(kernel.sent()).hasSize(5);
  }

  @Test
  void aRefusedDumpIsAnError() throws Exception {
    kernel.then(r -> kernel.deliver(error(r.get(0), Errno.EPERM)));
    assertThat(connection.dump(request(1)).error().orElseThrow().errno()).isEqualTo(Errno.EPERM);
  }

  @Test
  void aDumpThatFailsHalfwaySaysSoInDone() throws Exception {
    kernel.then(
        r ->
            kernel.deliver(
                reply(r.get(0), 0x10, new byte[] {1}), done(r.get(0), 0, Errno.EMSGSIZE)));
    Answer answer = connection.dump(request(1));
    assertThat(answer.error().orElseThrow().errno()).isEqualTo(Errno.EMSGSIZE);
    assertThat(answer.replies()).isEmpty();
  }

  @Test
  void theKernelsWordsOffsetAndMissingTypeAreRead() throws Exception {
    kernel.then(
        r ->
            kernel.deliver(
                error(
                    r.get(0),
                    Errno.EINVAL,
                    "Invalid thing",
                    OptionalInt.of(240),
                    OptionalInt.of(5))));
    KernelError error = connection.execute(request(1)).error().orElseThrow();
    assertThat(error.errno()).isEqualTo(Errno.EINVAL);
    assertThat(error.message()).contains("Invalid thing");
    assertThat(error.offset()).hasValue(240);
    assertThat(error.missingType()).hasValue(5);
  }

  @Test
  void anUncappedErrorHasTheRequestBeforeTheAttributes() throws Exception {
    kernel.then(r -> kernel.deliver(uncapped(r.get(0))));
    KernelError error = connection.execute(request(1)).error().orElseThrow();
    assertThat(error.message()).contains("words");
  }

  private static NetlinkMessage uncapped(NetlinkMessage request) {
    try (StructWriter out = new StructWriter()) {
      out.u32(-Errno.EINVAL).bytes(request.encode());
      out.attribute(1, () -> out.bytes(new byte[] {'w', 'o', 'r', 'd', 's', 0}));
      return new NetlinkMessage(
          NetlinkMessage.ERROR,
          NetlinkMessage.F_ACK_TLVS,
          request.sequence(),
          request.portId(),
          out.toBytes());
    }
  }

  @Test
  void aPositiveErrorNumberIsMalformed() {
    kernel.then(r -> kernel.deliver(error(r.get(0), -Errno.EPERM)));
    assertThatThrownBy(() -> connection.execute(request(1)))
        .isInstanceOf(NetlinkCodecException.class)
        .hasMessageContaining("nlmsgerr error");
  }

  @Test
  void anOverrunIsTold() {
    kernel.then(r -> kernel.fail(Errno.ENOBUFS));
    NetlinkException failure =
        catchThrowableOfType(NetlinkException.class, () -> connection.execute(request(1)));
    assertThat(failure.isOverrun()).isTrue();
    assertThat(failure.isTimeout()).isFalse();
    assertThat(failure).hasMessage("netlink receive: ENOBUFS");
  }

  @Test
  void silenceIsATimeout() {
    kernel.then(r -> {});
    NetlinkException failure =
        catchThrowableOfType(NetlinkException.class, () -> connection.execute(request(1)));
    assertThat(failure.isTimeout()).isTrue();
    assertThat(failure.isOverrun()).isFalse();
  }

  @Test
  void aCutDatagramIsMalformed() {
    kernel.then(
        r -> {
          byte[] whole = ScriptedKernel.datagram(ack(r.get(0)));
          kernel.deliverRaw(Arrays.copyOf(whole, whole.length - 4));
        });
    assertThatThrownBy(() -> connection.execute(request(1)))
        .isInstanceOf(NetlinkCodecException.class)
        .hasMessageContaining("nlmsg_len");
  }

  @Test
  void requestsAndAnswersAreWipedAfterUse() throws Exception {
    byte[] payload = {11, 22, 33, 44};
    kernel.then(r -> kernel.deliver(reply(r.get(0), 0x10, new byte[] {5, 6, 7, 8}), ack(r.get(0))));
    connection.execute(new Request(KIND, 0, payload));
    assertThat(Arrays.copyOfRange(kernel.sent().get(0), 16, 20)).containsExactly(11, 22, 33, 44);
    assertThat(payload).containsOnly(0);
    assertThat(kernel.handedOver()).allSatisfy(d -> assertThat(d).containsOnly(0));
    assertThat(kernel.delivered()).allSatisfy(d -> assertThat(d).containsOnly(0));
  }

  @Test
  void requestsAreWipedWhereTheReceiveFails() {
    byte[] payload = {11, 22, 33, 44};
    kernel.then(r -> kernel.fail(Errno.ENOBUFS));
    assertThatThrownBy(() -> connection.execute(new Request(KIND, 0, payload)))
        .isInstanceOf(NetlinkException.class);
    assertThat(payload).containsOnly(0);
    assertThat(kernel.handedOver().get(0)).containsOnly(0);
  }

  @Test
  void closingClosesTheTransport() {
    connection.close();
    assertThat(kernel.isClosed()).isTrue();
  }

  private static Request request(int value) {
    return new Request(KIND, 0, new byte[] {(byte) value, 0, 0, 1});
  }
}
