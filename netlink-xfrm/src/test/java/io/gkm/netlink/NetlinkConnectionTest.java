package io.gkm.netlink;

import static io.gkm.netlink.ScriptedKernel.ack;
import static io.gkm.netlink.ScriptedKernel.done;
import static io.gkm.netlink.ScriptedKernel.error;
import static io.gkm.netlink.ScriptedKernel.header;
import static io.gkm.netlink.ScriptedKernel.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gkm.netlink.NetlinkConnection.DumpReplies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    assertThatThrownBy(() -> execute(request(1)))
        .isInstanceOfSatisfying(NetlinkException.class, e -> assertThat(e.isTimeout()).isTrue());
    assertThat(execute(request(1))).isEmpty();
    assertThat(kernel.delivered()).hasSize(2);
  }

  private void deliverStaleThenOwn(NetlinkMessage request) {
    NetlinkMessage older = header(request.type(), request.sequence() - 1, request.portId());
    kernel.deliver(error(older, Errno.EPERM));
    kernel.deliver(ack(request));
  }

  @Test
  void anAnswerToAnotherPortIsSkipped() throws Exception {
    kernel.then(
        r -> {
          NetlinkMessage own = r.get(0);
          kernel.deliver(error(header(own.type(), own.sequence(), own.portId() + 1), Errno.EPERM));
          kernel.deliver(error(own, Errno.EEXIST));
        });
    assertThat(execute(request(1)).orElseThrow().errno()).isEqualTo(Errno.EEXIST);
  }

  @Test
  void anErrorInTheMiddleOfABatchBelongsToItsRequest() throws Exception {
    kernel.then(
        r -> {
          kernel.deliver(error(r.get(1), Errno.EEXIST));
          kernel.deliver(ack(r.get(2)));
        });
    Map<Integer, KernelError> errors =
        connection.batch(List.of(request(1), request(2), request(3)));
    assertThat(kernel.sent()).hasSize(1);
    assertThat(errors).containsOnlyKeys(1);
    assertThat(errors.get(1).errno()).isEqualTo(Errno.EEXIST);
  }

  @Test
  void onlyTheLastOfABatchAsksForAnAcknowledgement() throws Exception {
    List<Boolean> asked = new ArrayList<>();
    kernel.then(
        r -> {
          r.forEach(m -> asked.add(m.has(NetlinkMessage.F_ACK)));
          assertThat(r).allMatch(m -> m.has(NetlinkMessage.F_REQUEST));
          kernel.deliver(ack(r.get(2)));
        });
    assertThat(connection.batch(List.of(request(1), request(2), request(3)))).isEmpty();
    assertThat(asked).containsExactly(false, false, true);
  }

  @Test
  void aLargeBatchGoesInSeveralSendsAndErrorsKeepTheirPlace() throws Exception {
    Consumer<List<NetlinkMessage>> step =
        r -> {
          for (NetlinkMessage m : r) {
            if (m.sequence() % 7 == 0) {
              kernel.deliver(error(m, Errno.ESRCH));
            } else if (m.has(NetlinkMessage.F_ACK)) {
              kernel.deliver(ack(m));
            }
          }
        };
    kernel.then(step).then(step).then(step);
    Map<Integer, KernelError> errors =
        connection.batch(IntStream.range(0, 300).mapToObj(NetlinkConnectionTest::request).toList());
    assertThat(kernel.sent()).hasSize(3);
    assertThat(errors.keySet())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 300).filter(i -> (i + 1) % 7 == 0).boxed().toList());
  }

  @Test
  void aBatchOfLongRequestsIsCutBySize() throws Exception {
    Consumer<List<NetlinkMessage>> step = r -> kernel.deliver(ack(r.get(r.size() - 1)));
    kernel.then(step).then(step).then(step);
    Request big = new Request(KIND, new byte[30_000]);
    assertThat(connection.batch(List.of(big, big, big, big, big))).isEmpty();
    assertThat(kernel.sent()).hasSize(3).allSatisfy(d -> assertThat(d).hasSizeLessThan(65_536));
  }

  @Test
  void aRequestThatDoesNotFitItsFieldsIsNotSentAndLeavesNothingBehind() throws Exception {
    NetlinkRequest wrong =
        new NetlinkRequest() {
          @Override
          public int typeNumber() {
            return KIND;
          }

          @Override
          public void encode(StructWriter out) {
            out.u32(0x55555555).u8(300);
          }
        };
    assertThatThrownBy(() -> connection.batch(List.of(request(1), wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("300");
    assertThat(kernel.sent()).isEmpty();
    kernel.thenGrant();
    assertThat(execute(request(2))).isEmpty();
    assertThat(kernel.sent().get(0)).hasSize(20);
  }

  @Test
  void aGetHasItsReplyBesideTheAcknowledgement() throws Exception {
    kernel.then(r -> kernel.deliver(reply(r.get(0), 0x10, new byte[] {1, 2, 3, 4}), ack(r.get(0))));
    List<byte[]> replies = new ArrayList<>();
    Optional<KernelError> error =
        connection.execute(request(1), m -> replies.add(m.payload().bytes("payload", 4)));
    assertThat(error).isEmpty();
    assertThat(replies).containsExactly(new byte[] {1, 2, 3, 4});
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
    Octets octets = new Octets();
    assertThat(connection.dump(request(1), octets)).isEmpty();
    assertThat(octets.seen).containsExactly(1, 2, 3);
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
    Octets octets = new Octets();
    connection.dump(new Request(KIND, new byte[] {9, 8, 7, 6}), octets);
    assertThat(octets.seen).containsExactly(2);
    assertThat(octets.restarts).isEqualTo(1);
    assertThat(kernel.sent()).hasSize(2);
    assertThat(Arrays.copyOfRange(kernel.sent().get(1), 16, 20)).containsExactly(9, 8, 7, 6);
  }

  @Test
  void aDumpInterruptedFiveTimesFails() {
    for (int i = 0; i < 5; i++) {
      kernel.then(r -> kernel.deliver(done(r.get(0), NetlinkMessage.F_DUMP_INTR, 0)));
    }
    assertThatThrownBy(() -> connection.dump(request(1), new Octets()))
        .isExactlyInstanceOf(NetlinkException.class)
        .hasMessageContaining("interrupted 5 times");
    assertThat(kernel.sent()).hasSize(5);
  }

  @Test
  void aDumpWhoseTakerFailsIsReadToItsEnd() throws Exception {
    kernel.then(
        r -> {
          kernel.deliver(reply(r.get(0), 0x10, new byte[] {1}));
          kernel.deliver(reply(r.get(0), 0x10, new byte[] {2}), done(r.get(0), 0, 0));
        });
    DumpReplies failing =
        new DumpReplies() {
          @Override
          public void reply(NetlinkMessage message) {
            throw new IllegalStateException("taker");
          }

          @Override
          public void restarted() {}
        };
    assertThatThrownBy(() -> connection.dump(request(1), failing)).hasMessage("taker");
    assertThat(kernel.delivered()).hasSize(2);
  }

  @Test
  void aRefusedDumpIsAnError() throws Exception {
    kernel.then(r -> kernel.deliver(error(r.get(0), Errno.EPERM)));
    assertThat(connection.dump(request(1), new Octets()).orElseThrow().errno())
        .isEqualTo(Errno.EPERM);
  }

  @Test
  void aDumpThatFailsHalfwaySaysSoInDone() throws Exception {
    kernel.then(
        r ->
            kernel.deliver(
                reply(r.get(0), 0x10, new byte[] {1}), done(r.get(0), 0, Errno.EMSGSIZE)));
    assertThat(connection.dump(request(1), new Octets()).orElseThrow().errno())
        .isEqualTo(Errno.EMSGSIZE);
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
                    OptionalInt.of(5),
                    OptionalInt.of(300))));
    KernelError error = execute(request(1)).orElseThrow();
    assertThat(error.errno()).isEqualTo(Errno.EINVAL);
    assertThat(error.message()).contains("Invalid thing");
    assertThat(error.offset()).hasValue(240);
    assertThat(error.missingType()).hasValue(5);
    assertThat(error.missingNest()).hasValue(300);
  }

  @Test
  void anUncappedErrorHasTheRequestBeforeTheAttributes() throws Exception {
    kernel.then(r -> kernel.deliver(uncapped(r.get(0))));
    KernelError error = execute(request(1)).orElseThrow();
    assertThat(error.message()).contains("words");
  }

  private static byte[] uncapped(NetlinkMessage request) {
    try (StructWriter out = new StructWriter()) {
      int start =
          NetlinkMessage.begin(
              out,
              NetlinkMessage.ERROR,
              NetlinkMessage.F_ACK_TLVS,
              request.sequence(),
              request.portId());
      out.u32(-Errno.EINVAL).u32(20).u16(request.type()).u16(0);
      out.u32(request.sequence()).u32(request.portId()).zeros(4);
      int words = out.beginAttribute(1);
      out.text("words").u8(0).endAttribute(words);
      NetlinkMessage.end(out, start);
      return out.toBytes();
    }
  }

  @Test
  void aPositiveErrorNumberIsMalformed() {
    kernel.then(r -> kernel.deliver(error(r.get(0), -Errno.EPERM)));
    assertThatThrownBy(() -> execute(request(1)))
        .isInstanceOf(NetlinkCodecException.class)
        .hasMessageContaining("nlmsgerr error");
  }

  @Test
  void anOverrunIsTold() {
    kernel.then(r -> kernel.fail(Errno.ENOBUFS));
    NetlinkException failure =
        catchThrowableOfType(NetlinkException.class, () -> execute(request(1)));
    assertThat(failure.isOverrun()).isTrue();
    assertThat(failure.isTimeout()).isFalse();
    assertThat(failure).hasMessage("netlink receive: ENOBUFS");
  }

  @Test
  void silenceIsATimeout() {
    kernel.then(r -> {});
    NetlinkException failure =
        catchThrowableOfType(NetlinkException.class, () -> execute(request(1)));
    assertThat(failure.isTimeout()).isTrue();
    assertThat(failure.isOverrun()).isFalse();
  }

  @Test
  void aCutDatagramIsMalformed() {
    kernel.then(
        r -> {
          byte[] whole = ack(r.get(0));
          kernel.deliverRaw(Arrays.copyOf(whole, whole.length - 4));
        });
    assertThatThrownBy(() -> execute(request(1)))
        .isInstanceOf(NetlinkCodecException.class)
        .hasMessageContaining("nlmsg_len");
  }

  @Test
  void requestsAndAnswersAreWipedAfterUse() throws Exception {
    kernel.then(r -> kernel.deliver(reply(r.get(0), 0x10, new byte[] {5, 6, 7, 8}), ack(r.get(0))));
    execute(new Request(KIND, new byte[] {11, 22, 33, 44}));
    assertThat(Arrays.copyOfRange(kernel.sent().get(0), 16, 20)).containsExactly(11, 22, 33, 44);
    assertThat(kernel.handedOver()).allSatisfy(d -> assertThat(d).containsOnly(0));
    assertThat(kernel.delivered()).allSatisfy(d -> assertThat(d).containsOnly(0));
  }

  @Test
  void requestsAreWipedWhereTheReceiveFails() {
    kernel.then(r -> kernel.fail(Errno.ENOBUFS));
    assertThatThrownBy(() -> execute(new Request(KIND, new byte[] {11, 22, 33, 44})))
        .isInstanceOf(NetlinkException.class);
    assertThat(kernel.handedOver().get(0)).containsOnly(0);
  }

  @Test
  void closingClosesTheTransport() {
    connection.close();
    assertThat(kernel.isClosed()).isTrue();
  }

  private Optional<KernelError> execute(NetlinkRequest request) throws NetlinkException {
    return connection.execute(request, m -> {});
  }

  private static Request request(int value) {
    return new Request(KIND, new byte[] {(byte) value, 0, 0, 1});
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Request(int typeNumber, byte[] payload) implements NetlinkRequest {
    @Override
    public void encode(StructWriter out) {
      out.bytes(payload);
    }
  }

  /** The first octet of each message. */
  private static final class Octets implements DumpReplies {
    final List<Integer> seen = new ArrayList<>();
    int restarts;

    @Override
    public void reply(NetlinkMessage message) throws NetlinkException {
      seen.add(message.payload().u8("payload"));
    }

    @Override
    public void restarted() {
      seen.clear();
      restarts++;
    }
  }
}
