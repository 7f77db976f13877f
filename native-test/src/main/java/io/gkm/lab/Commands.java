package io.gkm.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a command to its end, with input and a time limit. */
final class Commands {
  /** Generous: in user-mode Linux on a busy machine a command may take a hundred times longer. */
  static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

  private Commands() {}

  static ExecResult run(List<String> command, String input, Duration limit) {
    Process process;
    try {
      process = new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new LabException("cannot start " + String.join(" ", command), e);
    }
    try {
      FutureTask<String> stdout = readAll(process.getInputStream());
      FutureTask<String> stderr = readAll(process.getErrorStream());
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(UTF_8));
      } catch (IOException e) {
        // The command ended without reading its input; its status and error output say why.
        if (process.isAlive() && !process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new LabException(String.join(" ", command) + " closed its input and goes on", e);
        }
      }
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LabException(
            String.join(" ", command) + ": still running after " + limit.toSeconds() + " s");
      }
      // A child left in the background may hold the pipes open long after the command's own end.
      return new ExecResult(
          command,
          process.exitValue(),
          stdout.get(limit.toMillis(), TimeUnit.MILLISECONDS),
          stderr.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while running " + String.join(" ", command), e);
    } catch (ExecutionException | TimeoutException e) {
      throw new LabException("cannot read the output of " + String.join(" ", command), e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Both outputs are read at once, or a command that fills one pipe would wait forever. */
  private static FutureTask<String> readAll(InputStream stream) {
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              try (stream) {
                return new String(stream.readAllBytes(), UTF_8);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Thread thread = new Thread(task, "lab-output");
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
