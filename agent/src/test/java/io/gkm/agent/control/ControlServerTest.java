package io.gkm.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.agent.status.JsonObject;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ControlServerTest {
  private static final String REQUEST = "{\"version\":1,\"request\":\"status\"}\n";
  private static final String ANSWER = "{\"version\":1,\"status\":{\"alive\":true}}";

  @TempDir private Path folder;
  private Path socket;
  private EventLoopGroup loops;
  private ControlServer server;
  private CompletableFuture<JsonObject> status =
      CompletableFuture.completedFuture(new JsonObject().with("alive", true));

  @BeforeEach
  void setUp() {
    socket = folder.resolve("control/gkm.sock");
    loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  }

  private void open(Duration patience) throws IOException {
    server = ControlServer.open(loops.next(), socket, () -> status, patience);
  }

  @AfterEach
  void tearDown() throws Exception {
    if (server != null) {
      close();
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  private void close() throws Exception {
    ControlServer closing = server;
    server = null;
    loops
        .next()
        .submit(
            () -> {
              closing.close();
              return null;
            })
        .sync();
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  private static void write(SocketChannel client, String text) throws IOException {
    client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** All that comes until the server hangs up. */
  private static String readAll(SocketChannel client) throws IOException {
    return new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String readLine(SocketChannel client) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer octet = ByteBuffer.allocate(1);
    while (client.read(octet.clear()) == 1 && octet.get(0) != '\n') {
      line.write(octet.get(0));
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Test
  void answersTheClient() throws Exception {
    open(Duration.ofSeconds(30));
    assertThat(ControlClient.status(socket).truth("alive")).isTrue();
  }

  @Test
  void isPrivate() throws Exception {
    open(Duration.ofSeconds(30));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void disappearsWhenClosedAndHangsUp() throws Exception {
    open(Duration.ofSeconds(30));
    try (SocketChannel client = connect()) {
      write(client, REQUEST);
      assertThat(readLine(client)).isEqualTo(ANSWER);
      close();
      assertThat(readAll(client)).isEmpty();
    }
    assertThat(socket).doesNotExist();
    assertThatThrownBy(() -> ControlClient.status(socket))
        .isInstanceOf(NoDaemonException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void answersLinesInPiecesAndSeveralAtOnce() throws Exception {
    open(Duration.ofSeconds(30));
    try (SocketChannel client = connect()) {
      for (int i = 0; i < REQUEST.length(); i++) {
        write(client, REQUEST.substring(i, i + 1));
      }
      assertThat(readLine(client)).isEqualTo(ANSWER);
      write(client, REQUEST + REQUEST + REQUEST);
      for (int i = 0; i < 3; i++) {
        assertThat(readLine(client)).isEqualTo(ANSWER);
      }
    }
  }

  @Test
  void answersAClientThatHasClosedItsSide() throws Exception {
    status = new CompletableFuture<>();
    open(Duration.ofSeconds(30));
    try (SocketChannel client = connect()) {
      write(client, REQUEST);
      client.shutdownOutput();
      loops.next().submit(() -> status.complete(new JsonObject().with("alive", true))).sync();
      assertThat(readAll(client)).isEqualTo(ANSWER + "\n");
    }
  }

  @Test
  void refusesWhatItDoesNotUnderstandAndHangsUp() throws Exception {
    open(Duration.ofSeconds(30));
    for (String bad :
        List.of(
            "\n",
            "status\n",
            "{}\n",
            "{\"version\":2,\"request\":\"status\"}\n",
            "{\"version\":1,\"request\":\"stop\"}\n",
            "{\"version\":1,\"request\":7}\n",
            "\0\1\2\n",
            "[".repeat(4000) + "\n",
            "{\"version\":1,\"request\":\"" + "x".repeat(5000) + "\"}\n",
            "x".repeat(100_000))) {
      try (SocketChannel client = connect()) {
        try {
          write(client, bad);
        } catch (IOException hungUpEarly) {
          assertThat(bad.length()).isGreaterThan(4096);
        }
        String answer = readLine(client);
        assertThat(answer).as(bad).startsWith("{\"version\":1,\"error\":\"");
      }
    }
    assertThat(ControlClient.status(socket).truth("alive")).isTrue();
  }

  @Test
  void tellsTheClientWhatWentWrong() throws Exception {
    status = CompletableFuture.failedFuture(new IllegalStateException("secret detail"));
    open(Duration.ofSeconds(30));
    assertThatThrownBy(() -> ControlClient.status(socket))
        .isInstanceOf(ControlException.class)
        .hasMessage("the daemon answered: the status could not be made, the daemon's log says why");
  }

  @Test
  void hangsUpOnClientsThatSayNothing() throws Exception {
    open(Duration.ofMillis(200));
    try (SocketChannel silent = connect();
        SocketChannel slow = connect()) {
      write(slow, "{\"version\"");
      assertThat(readAll(silent)).isEmpty();
      assertThat(readAll(slow)).isEmpty();
    }
  }

  @Test
  void hangsUpOnClientsThatTakeNoAnswer() throws Exception {
    status =
        CompletableFuture.completedFuture(new JsonObject().with("large", "x".repeat(8_000_000)));
    open(Duration.ofMillis(200));
    try (SocketChannel client = connect()) {
      write(client, REQUEST);
      // The connection's end is seen by the server's own bookkeeping: a place becomes free.
      List<SocketChannel> others = new ArrayList<>();
      for (int i = 0; i < ControlServer.MAX_CLIENTS - 1; i++) {
        others.add(connect());
      }
      for (SocketChannel other : others) {
        assertThat(readAll(other)).isEmpty();
        other.close();
      }
      assertThat(readAll(client).length()).isLessThan(8_000_000);
    }
  }

  @Test
  void turnsAwayTooManyClients() throws Exception {
    open(Duration.ofSeconds(30));
    List<SocketChannel> clients = new ArrayList<>();
    try {
      for (int i = 0; i < ControlServer.MAX_CLIENTS; i++) {
        SocketChannel client = connect();
        clients.add(client);
        write(client, REQUEST);
        assertThat(readLine(client)).isEqualTo(ANSWER);
      }
      try (SocketChannel oneTooMany = connect()) {
        assertThat(readAll(oneTooMany)).isEmpty();
      }
      clients.remove(0).close();
      // The server notices the close in its own time.
      boolean answered = false;
      while (!answered) {
        try (SocketChannel next = connect()) {
          write(next, REQUEST);
          answered = readLine(next).equals(ANSWER);
        } catch (IOException hungUp) {
          answered = false;
        }
      }
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  @Test
  void replacesALeftoverSocketButNothingElse() throws Exception {
    Files.createDirectory(socket.getParent());
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    assertThatThrownBy(() -> ControlClient.status(socket))
        .isInstanceOf(NoDaemonException.class)
        .hasMessageStartingWith("no daemon listens on " + socket);
    open(Duration.ofSeconds(30));
    assertThat(ControlClient.status(socket).truth("alive")).isTrue();
    close();
    Files.writeString(socket, "precious");
    assertThatThrownBy(() -> open(Duration.ofSeconds(30)))
        .isInstanceOf(ControlException.class)
        .hasMessageContaining("is not a socket");
    assertThat(socket).hasContent("precious");
  }

  @Test
  void refusesAFolderThatOthersMayWriteTo() throws Exception {
    Files.createDirectory(socket.getParent());
    Files.setPosixFilePermissions(socket.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> open(Duration.ofSeconds(30)))
        .isInstanceOf(ControlException.class)
        .hasMessageStartingWith("others may write to the folder");
  }
}
