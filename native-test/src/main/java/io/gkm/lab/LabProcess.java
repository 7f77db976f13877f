package io.gkm.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A command running in the background. Its two outputs are kept together, line by line. */
public final class LabProcess implements AutoCloseable {
  private final String description;
  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;
  private boolean ended;
  private IOException readFailure;

  private LabProcess(String description, Process process, Path log) {
    this.description = description;
    this.process = process;
    this.reader = new Thread(() -> read(log), "lab-" + description);
    reader.setDaemon(true);
    reader.start();
  }

  static LabProcess start(String host, List<String> command, Path log) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new LabProcess(host + ": " + String.join(" ", command), process, log);
    } catch (IOException e) {
      throw new LabException("cannot start on " + host + ": " + String.join(" ", command), e);
    }
  }

  /** The process id of the command itself ({@code ip netns exec} becomes it). */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it wrote so far. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** How many lines it wrote so far: to be given to {@link #awaitLine(String, Duration, int)}. */
  public synchronized int mark() {
    return lines.size();
  }

  /**
   * Waits for a line, among all since the start, in which the expression is found, and returns the
   * first.
   */
  public String awaitLine(String regex, Duration limit) {
    return awaitLine(regex, limit, 0);
  }

  /**
   * Waits for a line in which the expression is found, from a mark on. Throws a LabException that
   * shows the last lines when the time is over, or at once when the process ended without it.
   */
  public synchronized String awaitLine(String regex, Duration limit, int from) {
    Pattern pattern = Pattern.compile(regex);
    long deadline = System.nanoTime() + limit.toNanos();
    int next = from;
    while (true) {
      for (; next < lines.size(); next++) {
        if (pattern.matcher(lines.get(next)).find()) {
          return lines.get(next);
        }
      }
      long left = deadline - System.nanoTime();
      if (ended || left <= 0) {
        throw new LabException(
            "%s: %s without a line like /%s/; its last lines:%n%s"
                .formatted(description, ended ? "ended" : limit + " over", regex, tail()));
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LabException("interrupted while waiting for /" + regex + "/", e);
      }
    }
  }

  /**
   * Asks it to end (SIGTERM). By its handle: Process.destroy would also drop the output still to
   * come.
   */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Ends it as a crash would (SIGKILL). */
  public void kill() {
    process.toHandle().destroyForcibly();
  }

  /** Sends it any other signal, such as "HUP". */
  public void signal(String signalName) {
    Commands.run(
            List.of("kill", "-" + signalName, Long.toString(pid())), "", Commands.DEFAULT_LIMIT)
        .orThrow();
  }

  /**
   * Waits for its end and for all of its output; returns the exit status (128 + signal if killed).
   */
  public int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LabException(
            "%s: still running after %s; its last lines:%n%s"
                .formatted(description, limit, tail()));
      }
      // A child it left behind may hold the pipe open; what it said itself is there by then.
      reader.join(1000);
      synchronized (this) {
        if (readFailure != null) {
          throw new LabException("cannot read or keep the output of " + description, readFailure);
        }
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while waiting for " + description, e);
    }
  }

  /** Kills it, with what it started, if it still runs. */
  @Override
  public void close() {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      kill();
      awaitExit(Duration.ofSeconds(30));
    }
  }

  private void read(Path log) {
    try (BufferedReader output =
            new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        Writer copy = log == null ? Writer.nullWriter() : append(log)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (this) {
          lines.add(line);
          notifyAll();
        }
        copy.write(line + "\n");
        copy.flush();
      }
    } catch (IOException e) {
      synchronized (this) {
        readFailure = e;
      }
    } finally {
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }

  private static BufferedWriter append(Path log) throws IOException {
    return Files.newBufferedWriter(
        log, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private synchronized String tail() {
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }
}
