package io.gkm.netlink;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests and their answers over one transport: sequence numbers and port ids are checked, stale
 * answers skipped. One request, batch or dump at a time; others wait.
 *
 * <p>Messages are encoded into one piece of memory that is used again and again and overwritten
 * after each send, and answers are read where they were received, then overwritten: a message may
 * hold keys.
 */
public final class NetlinkConnection implements AutoCloseable {
  private static final int MAX_DUMP_TRIES = 5;

  /** Messages of one send: if all are refused their answers must fit the receive buffer. */
  private static final int MAX_BATCH = 128;

  /** Octets of one send, well below the send buffer (net.core.wmem_default is 212,992). */
  private static final int MAX_DATAGRAM = 64 * 1024;

  /** Where nlmsg_flags are in the header. */
  private static final int FLAGS = 6;

  private final NetlinkTransport transport;
  private final StructWriter out = new StructWriter(MAX_DATAGRAM + 4096);
  private int nextSequence = 1;

  public NetlinkConnection(NetlinkTransport transport) {
    this.transport = transport;
  }

  /** Takes a message of an answer; its content is good during the call alone. */
  public interface Replies {
    void reply(NetlinkMessage message) throws NetlinkException;
  }

  /** Takes the messages of a dump. */
  public interface DumpReplies extends Replies {
    /** The objects changed during the dump: it begins anew, forget what came. */
    void restarted();
  }

  /**
   * One request with its acknowledgement.
   *
   * @param replies is given the messages beside the acknowledgement
   * @return why it was refused; empty: it was done
   */
  public synchronized Optional<KernelError> execute(NetlinkRequest request, Replies replies)
      throws NetlinkException {
    int sequence = nextSequence++;
    try {
      append(request, sequence, NetlinkMessage.F_ACK);
      transport.send(out.view());
    } finally {
      out.clear();
    }
    Answer answer = new Answer(sequence, replies);
    receiveUntilDone(answer);
    return answer.error;
  }

  /**
   * Several requests in as few sends as possible, in order. An acknowledgement is asked of the last
   * of each send only; a refused request answers anyway. This is no transaction: after a refused
   * request the kernel goes on with the next.
   *
   * @return why requests were refused, by their index; what is not in it was done
   * @throws NetlinkException where the way to the kernel failed: then it is not known how far it
   *     came, and the caller reads what there is
   */
  public synchronized Map<Integer, KernelError> batch(List<? extends NetlinkRequest> requests)
      throws NetlinkException {
    Map<Integer, KernelError> errors = new HashMap<>();
    int next = 0;
    while (next < requests.size()) {
      next = sendSome(requests, next, errors);
    }
    return errors;
  }

  /** Sends requests from this index on; the index of the first one that is left. */
  private int sendSome(
      List<? extends NetlinkRequest> requests, int from, Map<Integer, KernelError> errors)
      throws NetlinkException {
    int first = nextSequence;
    int count = 0;
    try {
      int last = 0;
      while (from + count < requests.size() && count < MAX_BATCH) {
        int start = out.size();
        append(requests.get(from + count), first + count, 0);
        if (out.size() > MAX_DATAGRAM && count > 0) {
          out.truncate(start);
          break;
        }
        last = start;
        count++;
      }
      int flags = NetlinkMessage.F_REQUEST | requests.get(from + count - 1).flags();
      out.patch16(last + FLAGS, flags | NetlinkMessage.F_ACK);
      nextSequence = first + count;
      transport.send(out.view());
    } finally {
      out.clear();
    }
    receiveUntilDone(new BatchAnswer(first, count, from, errors));
    return from + count;
  }

  /**
   * All objects of a kind, one message after the other as they come. A dump during which the
   * objects changed (NLM_F_DUMP_INTR) is asked for again, a few times.
   *
   * @return why it was refused, or why the kernel gave up halfway; empty: it is complete
   */
  public synchronized Optional<KernelError> dump(NetlinkRequest request, DumpReplies replies)
      throws NetlinkException {
    for (int attempt = 0; attempt < MAX_DUMP_TRIES; attempt++) {
      if (attempt > 0) {
        replies.restarted();
      }
      int sequence = nextSequence++;
      try {
        append(request, sequence, NetlinkMessage.F_DUMP);
        transport.send(out.view());
      } finally {
        out.clear();
      }
      DumpAnswer answer = new DumpAnswer(sequence, replies);
      receiveUntilDone(answer);
      answer.rethrow();
      if (!answer.interrupted) {
        return answer.error;
      }
    }
    throw new NetlinkException(
        "a dump was interrupted " + MAX_DUMP_TRIES + " times: the objects change too fast", 0);
  }

  /** Requests to be sent again and again as they are, in one send each time. */
  public synchronized PreparedRequests prepare(List<? extends NetlinkRequest> requests) {
    StructWriter memory = new StructWriter();
    for (NetlinkRequest request : requests) {
      append(memory, request, nextSequence++, 0);
    }
    return new PreparedRequests(this, memory);
  }

  synchronized void send(StructWriter prepared) throws NetlinkException {
    transport.send(prepared.view());
  }

  private void append(NetlinkRequest request, int sequence, int flags) {
    append(out, request, sequence, flags);
  }

  private void append(StructWriter to, NetlinkRequest request, int sequence, int flags) {
    int start =
        NetlinkMessage.begin(
            to,
            request.typeNumber(),
            NetlinkMessage.F_REQUEST | request.flags() | flags,
            sequence,
            transport.portId());
    request.encode(to);
    NetlinkMessage.end(to, start);
  }

  /** What becomes of the messages that answer one send. */
  private interface Receiver {
    /** Whether this sequence number is one of ours; another is a stale answer. */
    boolean wants(int sequence);

    /** Whether this was the last message. */
    boolean take(NetlinkMessage message) throws NetlinkException;
  }

  private void receiveUntilDone(Receiver receiver) throws NetlinkException {
    boolean done = false;
    while (!done) {
      ByteBuffer datagram = transport.receive();
      try {
        StructReader in = StructReader.of(datagram);
        while (in.remaining() > 0) {
          NetlinkMessage message = NetlinkMessage.decode(in);
          if (message.portId() == transport.portId() && receiver.wants(message.sequence())) {
            done |= receiver.take(message);
          }
        }
      } finally {
        Wiping.wipe(datagram);
      }
    }
  }

  private static class Answer implements Receiver {
    private final int sequence;
    private final Replies replies;
    Optional<KernelError> error = Optional.empty();

    Answer(int sequence, Replies replies) {
      this.sequence = sequence;
      this.replies = replies;
    }

    @Override
    public boolean wants(int other) {
      return other == sequence;
    }

    @Override
    public boolean take(NetlinkMessage message) throws NetlinkException {
      if (message.type() == NetlinkMessage.ERROR) {
        error = KernelError.decode(message);
        return true;
      }
      replies.reply(message);
      return false;
    }
  }

  private static final class BatchAnswer implements Receiver {
    private final int first;
    private final int count;
    private final int from;
    private final Map<Integer, KernelError> errors;

    BatchAnswer(int first, int count, int from, Map<Integer, KernelError> errors) {
      this.first = first;
      this.count = count;
      this.from = from;
      this.errors = errors;
    }

    @Override
    public boolean wants(int sequence) {
      return sequence - first >= 0 && sequence - first < count;
    }

    @Override
    public boolean take(NetlinkMessage message) throws NetlinkException {
      if (message.type() != NetlinkMessage.ERROR) {
        return false;
      }
      int index = message.sequence() - first;
      Optional<KernelError> error = KernelError.decode(message);
      if (error.isPresent()) {
        errors.put(from + index, error.get());
      }
      return index == count - 1;
    }
  }

  /** A dump is read to its end even if its taker fails: the kernel begins no other before that. */
  private static final class DumpAnswer extends Answer {
    boolean interrupted;
    private NetlinkException failure;
    private RuntimeException crash;

    DumpAnswer(int sequence, Replies replies) {
      super(sequence, replies);
    }

    @Override
    public boolean take(NetlinkMessage message) throws NetlinkException {
      interrupted |= message.has(NetlinkMessage.F_DUMP_INTR);
      if (message.type() == NetlinkMessage.DONE) {
        error = KernelError.decodeDone(message);
        return true;
      }
      if (message.type() == NetlinkMessage.ERROR || (failure == null && crash == null)) {
        return takeOrRemember(message);
      }
      return false;
    }

    private boolean takeOrRemember(NetlinkMessage message) {
      try {
        return super.take(message);
      } catch (NetlinkException e) {
        failure = e;
      } catch (RuntimeException e) {
        crash = e;
      }
      return message.type() == NetlinkMessage.ERROR;
    }

    void rethrow() throws NetlinkException {
      if (failure != null) {
        throw failure;
      }
      if (crash != null) {
        throw crash;
      }
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
