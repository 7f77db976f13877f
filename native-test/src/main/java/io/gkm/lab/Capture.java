package io.gkm.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What passes an interface, recorded by tcpdump from the moment {@link #start} returns until {@link
 * #stop}. Nothing seen and nothing recorded are different things: a capture that did not start,
 * ended early, or lost a packet throws.
 */
public final class Capture implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Pattern COUNTER =
      Pattern.compile("(\\d+) packets? (captured|received|dropped).*");

  private final String description;
  private final Process tcpdump;
  private final List<CapturedPacket> packets = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private final Thread frameReader = new Thread(this::readFrames, "lab-capture-frames");
  private final Thread messageReader = new Thread(this::readMessages, "lab-capture-messages");
  private Exception failure;
  private boolean framesEnded;

  private Capture(String description, Process tcpdump) {
    this.description = description;
    this.tcpdump = tcpdump;
    frameReader.setDaemon(true);
    messageReader.setDaemon(true);
    frameReader.start();
    messageReader.start();
  }

  /**
   * Starts recording a host's interface (everything that matches a tcpdump filter, or everything
   * without one).
   */
  public static Capture start(LabHost host, String interfaceName, String... filter) {
    host.lab().apply();
    return start(host.lab(), host.name(), host.namespace(), interfaceName, filter);
  }

  /** Starts recording everything on a bridge. */
  public static Capture start(Lab lab, LabBridge bridge, String... filter) {
    lab.apply();
    return start(lab, bridge.name(), bridge.namespace(), "br0", filter);
  }

  private static Capture start(
      Lab lab, String where, String namespace, String interfaceName, String... filter) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    // Each packet at once (-U, immediate mode), whole (-s 0), unresolved (-n), into our pipe.
    command.addAll(List.of("tcpdump", "-i", interfaceName, "-n", "-U", "--immediate-mode"));
    command.addAll(List.of("-s", "0", "-w", "-"));
    command.addAll(List.of(filter));
    Capture capture;
    try {
      capture =
          new Capture(
              "capture of " + interfaceName + " on " + where, new ProcessBuilder(command).start());
    } catch (IOException e) {
      throw new LabException("cannot start tcpdump", e);
    }
    lab.register(capture);
    // tcpdump says this when its socket is open, bound and filtered.
    capture.await(
        () -> capture.messages.stream().anyMatch(m -> m.contains("listening on")),
        "start",
        START_LIMIT);
    return capture;
  }

  /** What was recorded so far. */
  public synchronized List<CapturedPacket> packets() {
    return List.copyOf(packets);
  }

  /** Waits until a packet that satisfies the condition was recorded since the start. */
  public synchronized CapturedPacket awaitPacket(Predicate<CapturedPacket> wanted, Duration limit) {
    await(() -> packets.stream().anyMatch(wanted), "see the packet waited for", limit);
    return packets.stream().filter(wanted).findFirst().orElseThrow();
  }

  /**
   * Ends the recording and returns all of it. Throws a LabException if tcpdump had ended before, or
   * if what it counted, what the kernel handed to it and what arrived here are not the same, or if
   * the kernel dropped any.
   */
  public List<CapturedPacket> stop() {
    if (!tcpdump.isAlive()) {
      throw new LabException(description + " ended by itself: " + messages());
    }
    settle();
    Commands.run(List.of("kill", "-INT", Long.toString(tcpdump.pid())), "", Commands.DEFAULT_LIMIT)
        .orThrow();
    try {
      if (!tcpdump.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new LabException(description + " does not end");
      }
      frameReader.join(START_LIMIT.toMillis());
      messageReader.join(START_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while ending the " + description, e);
    }
    requireComplete();
    return packets();
  }

  /**
   * tcpdump leaves unread what comes together with the signal, so it gets a moment without packets
   * first.
   */
  private void settle() {
    int before;
    int now = packets().size();
    try {
      do {
        before = now;
        Thread.sleep(100);
        now = packets().size();
      } while (now != before);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while ending the " + description, e);
    }
  }

  private synchronized void requireComplete() {
    if (failure != null) {
      throw new LabException(description + " cannot be read", failure);
    }
    long captured = counter("captured");
    long received = counter("received");
    if (captured != packets.size() || received != captured || counter("dropped") != 0) {
      throw new LabException(
          description + " is not complete: read " + packets.size() + ", tcpdump says " + messages);
    }
  }

  private long counter(String name) {
    for (String message : messages) {
      Matcher matcher = COUNTER.matcher(message);
      if (matcher.matches() && matcher.group(2).equals(name)) {
        return Long.parseLong(matcher.group(1));
      }
    }
    throw new LabException(description + " did not count packets " + name + ": " + messages);
  }

  private synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  private interface Condition {
    boolean holds();
  }

  private synchronized void await(Condition condition, String what, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      long left = deadline - System.nanoTime();
      if (failure != null || framesEnded || left <= 0) {
        throw new LabException(
            "%s did not %s within %s; recorded %s; tcpdump says %s"
                .formatted(description, what, limit, packets, messages),
            failure);
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LabException("interrupted while waiting for the " + description, e);
      }
    }
  }

  private void readFrames() {
    try {
      PcapReader reader = new PcapReader(tcpdump.getInputStream());
      for (byte[] frame = reader.next(); frame != null; frame = reader.next()) {
        CapturedPacket packet = CapturedPacket.parse(frame);
        synchronized (this) {
          packets.add(packet);
          notifyAll();
        }
      }
    } catch (IOException | LabException e) {
      synchronized (this) {
        failure = e;
      }
    }
    synchronized (this) {
      framesEnded = true;
      notifyAll();
    }
  }

  private void readMessages() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(tcpdump.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (this) {
          messages.add(line);
          notifyAll();
        }
      }
    } catch (IOException e) {
      synchronized (this) {
        failure = e;
        notifyAll();
      }
    }
  }

  /** Ends the recording without asking for it. */
  @Override
  public void close() {
    tcpdump.destroyForcibly();
  }
}
