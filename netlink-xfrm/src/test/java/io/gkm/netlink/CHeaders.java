package io.gkm.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** C programs that print what this machine's kernel headers say. */
public final class CHeaders {
  private CHeaders() {}

  /** Whether there is a C compiler. */
  public static boolean canCompile() {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(d -> Files.isExecutable(Path.of(d, "gcc")));
  }

  /** Runs a command to its end, which must be a good one, and gives what it printed. */
  public static String run(Path output, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
