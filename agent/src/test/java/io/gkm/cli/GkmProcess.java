package io.gkm.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process of its own that runs a main class of this class path. */
final class GkmProcess implements AutoCloseable {
  private final Process process;
  private final CompletableFuture<String> out;
  private final BufferedReader errors;
  private final List<String> errorLines = new ArrayList<>();

  GkmProcess(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("GKM_LOG");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    process = builder.start();
    process.getOutputStream().close();
    out =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
              } catch (IOException e) {
                return "standard output broke: " + e;
              }
            });
    errors =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
  }

  /** Reads standard error until a line contains {@code text}. */
  GkmProcess awaitError(String text) throws IOException {
    String line = errors.readLine();
    while (line != null) {
      errorLines.add(line);
      if (line.contains(text)) {
        return this;
      }
      line = errors.readLine();
    }
    throw new AssertionError("\"" + text + "\" never came; standard error: " + errorLines);
  }

  void terminate() {
    // SIGTERM; Process.destroy would close its streams too.
    process.toHandle().destroy();
  }

  /** Waits for the end and returns the exit status. */
  int status() throws Exception {
    String line = errors.readLine();
    while (line != null) {
      errorLines.add(line);
      line = errors.readLine();
    }
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("does not end; standard error: " + errorLines);
    }
    return process.exitValue();
  }

  /** After the end. */
  String output() {
    return out.join();
  }

  /** After the end. */
  String errorOutput() {
    return String.join("\n", errorLines);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
