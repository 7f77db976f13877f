package io.gkm.netlink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Requests and their answers over one transport: sequence numbers and port ids are checked, stale
 * answers skipped, dumps collected. One request or batch at a time; not for several threads at
 * once.
 */
public final class NetlinkConnection implements AutoCloseable {
  private static final int MAX_DUMP_TRIES = 5;

  /** Messages of one send: their answers must fit the receive buffer. */
  private static final int MAX_BATCH = 128;

  private final NetlinkTransport transport;
  private int nextSequence = 1;

  public NetlinkConnection(NetlinkTransport transport) {
    this.transport = transport;
  }

  /**
   * What to ask of the kernel.
   *
   * @param flags beyond F_REQUEST and F_ACK
   * @param payload is overwritten after it was sent
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Request(int type, int flags, byte[] payload) {
    /** A request with this content and no flags of its own. */
    public static Request of(int type, Consumer<StructWriter> content) {
      try (StructWriter out = new StructWriter()) {
        content.accept(out);
        return new Request(type, 0, out.toBytes());
      }
    }

    @Override
    public String toString() {
      return "Request[type " + type + "]";
    }
  }

  /**
   * What the kernel answered to one request.
   *
   * @param error why it was refused; absent: it was done
   * @param replies messages beside the acknowledgement
   */
  public record Answer(Optional<KernelError> error, List<NetlinkMessage> replies) {}

  /** One request with its acknowledgement. */
  public Answer execute(Request request) throws NetlinkException {
    return batch(List.of(request)).get(0);
  }

  /**
   * Several requests in as few sends as possible; each has its own answer. This is no transaction:
   * after a refused request the kernel goes on with the next.
   */
  public List<Answer> batch(List<Request> requests) throws NetlinkException {
    List<Answer> answers = new ArrayList<>();
    try {
      for (int from = 0; from < requests.size(); from += MAX_BATCH) {
        int to = Math.min(from + MAX_BATCH, requests.size());
        answers.addAll(exchange(requests.subList(from, to)));
      }
    } finally {
      requests.forEach(r -> Arrays.fill(r.payload(), (byte) 0));
    }
    return answers;
  }

  private List<Answer> exchange(List<Request> requests) throws NetlinkException {
    int first = nextSequence;
    send(requests, NetlinkMessage.F_REQUEST | NetlinkMessage.F_ACK);
    Map<Integer, Answer> answers = new HashMap<>();
    Map<Integer, List<NetlinkMessage>> replies = new HashMap<>();
    while (answers.size() < requests.size()) {
      for (NetlinkMessage message : receive()) {
        int index = message.sequence() - first;
        if (index < 0 || index >= requests.size()) {
          continue;
        }
        if (message.type() == NetlinkMessage.ERROR) {
          answers.put(
              index,
              new Answer(
                  KernelError.decode(message),
                  List.copyOf(replies.getOrDefault(index, List.of()))));
        } else {
          replies.computeIfAbsent(index, i -> new ArrayList<>()).add(message);
        }
      }
    }
    List<Answer> ordered = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      ordered.add(answers.get(i));
    }
    return ordered;
  }

  /**
   * All objects of a kind. A dump during which the objects changed is asked for again, a few times.
   */
  public Answer dump(Request request) throws NetlinkException {
    for (int attempt = 0; attempt < MAX_DUMP_TRIES; attempt++) {
      Optional<Answer> answer =
          dumpOnce(new Request(request.type(), request.flags(), request.payload().clone()));
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    throw new NetlinkException(
        "a dump was interrupted " + MAX_DUMP_TRIES + " times: the objects change too fast", 0);
  }

  private Optional<Answer> dumpOnce(Request request) throws NetlinkException {
    int sequence = nextSequence;
    send(List.of(request), NetlinkMessage.F_REQUEST | NetlinkMessage.F_DUMP);
    List<NetlinkMessage> replies = new ArrayList<>();
    boolean interrupted = false;
    while (true) {
      for (NetlinkMessage message : receive()) {
        if (message.sequence() != sequence) {
          continue;
        }
        interrupted |= message.has(NetlinkMessage.F_DUMP_INTR);
        switch (message.type()) {
          case NetlinkMessage.ERROR -> {
            return Optional.of(new Answer(KernelError.decode(message), List.of()));
          }
          case NetlinkMessage.DONE -> {
            Optional<KernelError> failure = KernelError.decodeDone(message);
            if (failure.isPresent()) {
              return Optional.of(new Answer(failure, List.of()));
            }
            return interrupted
                ? Optional.empty()
                : Optional.of(new Answer(Optional.empty(), List.copyOf(replies)));
          }
          default -> replies.add(message);
        }
      }
    }
  }

  private void send(List<Request> requests, int flags) throws NetlinkException {
    List<byte[]> parts = new ArrayList<>();
    int length = 0;
    for (Request request : requests) {
      byte[] part =
          new NetlinkMessage(
                  request.type(),
                  request.flags() | flags,
                  nextSequence++,
                  transport.portId(),
                  request.payload())
              .encode();
      parts.add(part);
      length += part.length;
    }
    byte[] datagram = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, datagram, at, part.length);
      at += part.length;
      Arrays.fill(part, (byte) 0);
    }
    try {
      transport.send(datagram);
    } finally {
      Arrays.fill(datagram, (byte) 0);
    }
  }

  private List<NetlinkMessage> receive() throws NetlinkException {
    byte[] datagram = transport.receive();
    try {
      return NetlinkMessage.decode(datagram).stream()
          .filter(m -> m.portId() == transport.portId())
          .toList();
    } finally {
      Arrays.fill(datagram, (byte) 0);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
