package io.gkm.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What passes an interface, recorded by tcpdump from the moment {@link #start} returns until {@link
 * #stop}. Nothing seen and nothing recorded are different things: a capture that did not start,
 * ended early, or lost a packet throws.
 *
 * <p>Everything is recorded, and what is of interest is chosen here, not by tcpdump: so what the
 * kernel has seen can be compared with what has arrived here.
 */
public final class Capture implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final String description;
  private final Process tcpdump;
  private final Predicate<CapturedPacket> interesting;
  private final List<CapturedPacket> packets = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private long frames;
  private boolean framesEnded;
  private Exception failure;

  private Capture(String description, Process tcpdump, Predicate<CapturedPacket> interesting) {
    this.description = description;
    this.tcpdump = tcpdump;
    this.interesting = interesting;
    startReader("frames", this::readFrames);
    startReader("messages", this::readMessages);
  }

  private static void startReader(String what, Runnable reader) {
    Thread thread = new Thread(reader, "lab-capture-" + what);
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts recording what is of interest on a host's interface. */
  public static Capture start(
      LabHost host, String interfaceName, Predicate<CapturedPacket> interesting) {
    return start(host.lab(), host.name(), host.namespace(), interfaceName, interesting);
  }

  /** Starts recording what is of interest on a bridge, whichever port it came from. */
  public static Capture start(Lab lab, LabBridge bridge, Predicate<CapturedPacket> interesting) {
    return start(lab, bridge.name(), bridge.namespace(), "br0", interesting);
  }

  private static Capture start(
      Lab lab,
      String where,
      String namespace,
      String interfaceName,
      Predicate<CapturedPacket> interesting) {
    lab.apply();
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    // Each packet at once (-U, immediate mode), whole (-s 0), into our pipe.
    command.addAll(List.of("tcpdump", "-i", interfaceName, "-n", "-U", "--immediate-mode"));
    // A buffer of 32 MiB: on a busy machine tcpdump may not run for a second.
    command.addAll(List.of("-B", "32768", "-s", "0", "-w", "-"));
    Capture capture;
    try {
      Process tcpdump = new ProcessBuilder(command).start();
      capture = new Capture("capture of " + interfaceName + " on " + where, tcpdump, interesting);
    } catch (IOException e) {
      throw new LabException("cannot start tcpdump", e);
    }
    lab.register(capture);
    // tcpdump says this when its socket is open and bound.
    capture.await(
        () -> capture.messages.stream().anyMatch(line -> line.contains("listening on")),
        "start",
        LIMIT);
    return capture;
  }

  /** What was recorded so far and is of interest. */
  public synchronized List<CapturedPacket> packets() {
    return List.copyOf(packets);
  }

  /** Waits until a packet that satisfies the condition was recorded since the start. */
  public synchronized CapturedPacket awaitPacket(Predicate<CapturedPacket> wanted, Duration limit) {
    await(() -> packets.stream().anyMatch(wanted), "see the packet waited for", limit);
    return packets.stream().filter(wanted).findFirst().orElseThrow();
  }

  /**
   * Ends the recording and returns what was of interest in everything that had passed when this was
   * called. Throws a LabException if tcpdump had ended before, or if the kernel dropped any of it.
   */
  public List<CapturedPacket> stop() {
    List<CapturedPacket> complete = complete();
    signal("INT");
    try {
      if (!tcpdump.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new LabException(description + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while ending the " + description, e);
    }
    return complete;
  }

  /**
   * Asks tcpdump for its counters until it has handled all that the kernel received for it, and
   * waits for all of that to arrive here. Ended at once, it would leave unread what is still in its
   * buffer.
   */
  private List<CapturedPacket> complete() {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      int mark = messageCount();
      signal("USR1");
      await(() -> counters(mark).isPresent(), "tell its counters", LIMIT);
      Counters counters = counters(mark).orElseThrow();
      await(() -> frames >= counters.captured(), "hand over what it captured", LIMIT);
      if (counters.dropped() != 0) {
        throw new LabException(description + " is not complete: " + counters);
      }
      if (counters.received() == counters.captured()) {
        return packets();
      }
      if (System.nanoTime() > deadline) {
        throw new LabException(description + " does not catch up: " + counters);
      }
    }
  }

  /** tcpdump's answer to SIGUSR1. */
  private record Counters(long captured, long received, long dropped) {
    private static final Pattern TEXT =
        Pattern.compile(
            "(\\d+) packets? captured, (\\d+) packets? received by filter, (\\d+) packets? dropped by kernel");

    static Optional<Counters> in(String message) {
      Matcher matcher = TEXT.matcher(message);
      return matcher.find()
          ? Optional.of(
              new Counters(
                  Long.parseLong(matcher.group(1)),
                  Long.parseLong(matcher.group(2)),
                  Long.parseLong(matcher.group(3))))
          : Optional.empty();
    }
  }

  private synchronized int messageCount() {
    return messages.size();
  }

  private synchronized Optional<Counters> counters(int from) {
    return messages.subList(from, messages.size()).stream()
        .map(Counters::in)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private void signal(String name) {
    if (!tcpdump.isAlive()) {
      throw new LabException(description + " ended by itself: " + said());
    }
    Commands.run(
            List.of("kill", "-" + name, Long.toString(tcpdump.pid())), "", Commands.DEFAULT_LIMIT)
        .orThrow();
  }

  private synchronized String said() {
    return String.join("; ", messages);
  }

  private synchronized void await(BooleanSupplier condition, String what, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (failure != null || framesEnded || left <= 0) {
        throw new LabException(
            "%s did not %s within %s; recorded %s; tcpdump says %s"
                .formatted(description, what, limit, packets, said()),
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
          frames++;
          if (interesting.test(packet)) {
            packets.add(packet);
          }
          notifyAll();
        }
      }
      ended(null);
    } catch (IOException | RuntimeException e) {
      ended(e);
    }
  }

  private synchronized void ended(Exception reason) {
    failure = reason;
    framesEnded = true;
    notifyAll();
  }

  private void readMessages() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(tcpdump.getErrorStream(), UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (this) {
          messages.add(line);
          notifyAll();
        }
      }
    } catch (IOException e) {
      ended(e);
    }
  }

  /** Ends the recording without asking for it. */
  @Override
  public void close() {
    tcpdump.destroyForcibly();
  }
}
