package io.gkm.agent.control;

import io.gkm.agent.status.JsonFormatException;
import io.gkm.agent.status.JsonObject;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client: a request line, its answer line, and so on; one request at a time. */
final class ControlConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

  private final ControlServer.Handler handler;
  private final Duration patience;
  private final byte[] received = new byte[ControlProtocol.MAX_REQUEST_OCTETS];
  private int length;
  private boolean answering;
  private boolean inputEnded;
  private Future<?> deadline;

  ControlConnection(ControlServer.Handler handler, Duration patience) {
    this.handler = handler;
    this.patience = patience;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    armDeadline(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf octets = (ByteBuf) message;
    try {
      int count = octets.readableBytes();
      if (count > received.length - length) {
        refuse(context, "a request is longer than " + received.length + " octets");
        return;
      }
      octets.readBytes(received, length, count);
      length += count;
    } finally {
      ReferenceCountUtil.release(message);
    }
    answerNext(context);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      if (!answering) {
        ControlServer.hangUp(context.channel());
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("control connection: {}", cause.toString());
    ControlServer.hangUp(context.channel());
  }

  private void answerNext(ChannelHandlerContext context) {
    if (answering || !context.channel().isActive()) {
      return;
    }
    for (int i = 0; i < length; i++) {
      if (received[i] == '\n') {
        String line = new String(received, 0, i, StandardCharsets.UTF_8);
        System.arraycopy(received, i + 1, received, 0, length - i - 1);
        length -= i + 1;
        answer(context, line);
        return;
      }
    }
    if (length == received.length) {
      refuse(context, "a request is longer than " + received.length + " octets");
    } else if (inputEnded) {
      ControlServer.hangUp(context.channel());
    }
  }

  private void answer(ChannelHandlerContext context, String line) {
    String name;
    try {
      name = ControlProtocol.parseRequest(line);
    } catch (JsonFormatException | ControlException e) {
      refuse(context, e.getMessage());
      return;
    }
    if (!name.equals(ControlProtocol.STATUS)) {
      refuse(context, "unknown request; allowed: " + ControlProtocol.STATUS);
      return;
    }
    answering = true;
    // The client's next words wait in the socket until this answer is out.
    context.channel().config().setAutoRead(false);
    handler.status().whenComplete((status, failure) -> answered(context, status, failure));
  }

  private void answered(ChannelHandlerContext context, JsonObject status, Throwable failure) {
    if (failure != null) {
      LOG.error("gkm: the status could not be made", failure);
      refuse(context, "the status could not be made, the daemon's log says why");
      return;
    }
    armDeadline(context);
    write(context, ControlProtocol.answer(ControlProtocol.STATUS, status))
        .addListener(
            written -> {
              answering = false;
              if (written.isSuccess()) {
                armDeadline(context);
                context.channel().config().setAutoRead(true);
                answerNext(context);
              } else {
                ControlServer.hangUp(context.channel());
              }
            });
  }

  /** Says why and hangs up: what follows a line that cannot be read cannot be trusted. */
  private void refuse(ChannelHandlerContext context, String why) {
    answering = true;
    context.channel().config().setAutoRead(false);
    write(context, ControlProtocol.error(why)).addListener(ChannelFutureListener.CLOSE);
  }

  private static ChannelFuture write(ChannelHandlerContext context, String line) {
    return context.writeAndFlush(
        Unpooled.wrappedBuffer((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  private void armDeadline(ChannelHandlerContext context) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    deadline =
        context
            .executor()
            .schedule(
                () -> ControlServer.hangUp(context.channel()),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
  }
}
