package io.gkm.agent.control;

import io.gkm.agent.status.Json;
import io.gkm.agent.status.JsonFormatException;
import io.gkm.agent.status.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Asks a running daemon, once. */
public final class ControlClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private ControlClient() {}

  /**
   * The daemon's status, in the form of {@link io.gkm.agent.status.StatusReport#toJson}.
   *
   * @throws NoDaemonException when no daemon listens there
   * @throws ControlException when it may not be asked or its answer is of no use
   */
  public static JsonObject status(Path socket) throws IOException {
    String line = ask(socket, ControlProtocol.request(ControlProtocol.STATUS));
    try {
      JsonObject answer = Json.parse(line);
      if (answer.has("error")) {
        throw new ControlException("the daemon answered: " + answer.text("error"));
      }
      return answer.object(ControlProtocol.STATUS);
    } catch (JsonFormatException e) {
      throw new ControlException("the daemon's answer cannot be read: " + e.getMessage(), e);
    }
  }

  private static String ask(Path socket, String request) throws IOException {
    try (SocketChannel channel = connect(socket);
        Selector selector = Selector.open()) {
      ByteBuffer line = ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        // A request is far shorter than a socket buffer, so this never blocks for long.
        channel.write(line);
      }
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      return readLine(channel, selector);
    }
  }

  private static SocketChannel connect(Path socket) throws IOException {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      if (reason.contains("Permission denied")) {
        throw new ControlException(
            "no permission to ask the daemon on " + socket + "; try as root", e);
      }
      String message =
          Files.exists(socket)
              ? "no daemon listens on " + socket + " (" + reason + ")"
              : "no daemon: " + socket + " does not exist";
      throw new NoDaemonException(message + "; start it with gkm run, or name its socket", e);
    }
  }

  private static String readLine(SocketChannel channel, Selector selector) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    while (line.size() <= ControlProtocol.MAX_ANSWER_OCTETS) {
      if (selector.select(PATIENCE.toMillis()) == 0) {
        throw new ControlException("the daemon does not answer");
      }
      selector.selectedKeys().clear();
      int count = channel.read(buffer.clear());
      if (count < 0) {
        throw new ControlException("the daemon closed the connection without an answer");
      }
      for (int i = 0; i < count; i++) {
        if (buffer.get(i) == '\n') {
          line.write(buffer.array(), 0, i);
          return line.toString(StandardCharsets.UTF_8);
        }
      }
      line.write(buffer.array(), 0, count);
    }
    throw new ControlException("the daemon's answer is too long");
  }
}
