package io.gkm.agent.control;

import io.gkm.agent.status.JsonObject;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on the control socket, on the daemon's event loop. Bounded against careless or hostile
 * clients: so many at a time, so long a line, so much time for each step; and only root and the
 * daemon's own user are listened to, whatever the file's mode.
 */
public final class ControlServer {
  static final int MAX_CLIENTS = 16;

  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

  /** What can be asked. Called on the event loop; the answers come on it too. */
  public interface Handler {
    CompletionStage<JsonObject> status();
  }

  private final Path path;
  private final Handler handler;
  private final Duration patience;
  private final int ownUser;
  private final Set<Channel> clients = new HashSet<>();
  private Channel listening;

  private ControlServer(Path path, Handler handler, Duration patience) throws IOException {
    this.path = path;
    this.handler = handler;
    this.patience = patience;
    this.ownUser = ControlFiles.ownUser();
  }

  /**
   * Begins to listen. The caller holds {@link DaemonLock#forSocket} and is not the loop's thread.
   *
   * @param patience how long a client may take to ask, and to take its answer
   * @throws ControlException when the socket cannot be made
   */
  public static ControlServer open(EventLoop loop, Path path, Handler handler, Duration patience)
      throws IOException {
    ControlFiles.prepareFolder(path.getParent());
    ControlFiles.removeLeftover(path);
    ControlServer server = new ControlServer(path, handler, patience);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(EpollServerDomainSocketChannel.class)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(server.new Acceptor())
            .bind(new DomainSocketAddress(path.toString()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new ControlException(
          "cannot listen on " + path + ": " + bound.cause().getMessage(), bound.cause());
    }
    server.listening = bound.channel();
    ControlFiles.makePrivate(path);
    return server;
  }

  /** Closes all connections and removes the socket. On the loop's thread. */
  public void close() throws IOException {
    hangUp(listening);
    List.copyOf(clients).forEach(ControlServer::hangUp);
    ControlFiles.removeLeftover(path);
  }

  static void hangUp(Channel channel) {
    channel
        .close()
        .addListener(
            closed -> {
              if (!closed.isSuccess()) {
                LOG.debug("control connection: closing failed: {}", closed.cause().toString());
              }
            });
  }

  private final class Acceptor extends ChannelInitializer<EpollDomainSocketChannel> {
    @Override
    protected void initChannel(EpollDomainSocketChannel client) throws IOException {
      int user = client.peerCredentials().uid();
      if (user != 0 && user != ownUser) {
        LOG.warn("gkm: user id {} asked on {} and was not listened to", user, path);
        hangUp(client);
      } else if (clients.size() >= MAX_CLIENTS) {
        LOG.warn("gkm: more than {} clients on {}; one was turned away", MAX_CLIENTS, path);
        hangUp(client);
      } else {
        clients.add(client);
        client.closeFuture().addListener(closed -> clients.remove(client));
        client.pipeline().addLast(new ControlConnection(handler, patience));
      }
    }
  }
}
