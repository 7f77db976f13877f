package io.gkm.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A real socket; a socket of NETLINK_XFRM can be opened by anybody. */
class NetlinkSocketTest {
  private static final int GETSPDINFO = 0x25;

  @Test
  void afterCloseNothingIsSentOrReceived() throws Exception {
    NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.XFRM);
    socket.receiveTimeout(Duration.ofMillis(50));
    socket.close();
    // This one gets the descriptor that the first one had.
    try (NetlinkSocket next = NetlinkSocket.open(NetlinkSocket.XFRM)) {
      next.receiveTimeout(Duration.ofMillis(50));
      assertClosed(catchThrowableOfType(NetlinkException.class, () -> socket.send(request())));
      assertClosed(catchThrowableOfType(NetlinkException.class, socket::receive));
      assertThatThrownBy(next::receive)
          .isInstanceOfSatisfying(NetlinkException.class, e -> assertThat(e.isTimeout()).isTrue());
      socket.close();
      next.send(request());
    }
  }

  @Test
  void closingEndsAWaitingReceive() throws Exception {
    NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.XFRM);
    socket.wakeable();
    CompletableFuture<NetlinkException> ended =
        CompletableFuture.supplyAsync(
            () -> catchThrowableOfType(NetlinkException.class, socket::receive));
    assertThat(ended.isDone()).isFalse();
    socket.close();
    assertClosed(ended.get(10, TimeUnit.SECONDS));
  }

  @Test
  void anAnswerComesFromTheKernel() throws Exception {
    try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.XFRM)) {
      socket.receiveTimeout(Duration.ofSeconds(10));
      socket.send(request());
      NetlinkMessage answer = NetlinkMessage.decode(StructReader.of(socket.receive()));
      assertThat(answer.sequence()).isEqualTo(77);
      assertThat(answer.portId()).isEqualTo(socket.portId());
    }
  }

  @Test
  void whatIsNotInADirectBufferIsRefused() throws Exception {
    try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.XFRM)) {
      assertThatThrownBy(() -> socket.send(ByteBuffer.allocate(16)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void assertClosed(NetlinkException failure) {
    assertThat(failure.errno()).isEqualTo(Errno.EBADF);
  }

  private static ByteBuffer request() {
    StructWriter out = new StructWriter();
    int start = NetlinkMessage.begin(out, GETSPDINFO, NetlinkMessage.F_REQUEST, 77, 0);
    out.u32(0);
    NetlinkMessage.end(out, start);
    return out.view();
  }
}
