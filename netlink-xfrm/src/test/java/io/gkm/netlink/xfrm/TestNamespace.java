package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A network namespace that a test makes, and ip(8) in it. */
public record TestNamespace(String name) implements AutoCloseable {
  public static TestNamespace make(String what) throws Exception {
    String name = "gkm-" + what + "-" + ProcessHandle.current().pid();
    run("ip", "netns", "add", name);
    return new TestNamespace(name);
  }

  /** What {@code ip -n NAME ARGUMENTS} prints; it must succeed. */
  public String ip(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip", "-n", name));
    command.addAll(Arrays.asList(arguments));
    return run(command.toArray(String[]::new));
  }

  @Override
  public void close() throws IOException {
    run("ip", "netns", "del", name);
  }

  static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted: " + Arrays.toString(command), e);
    }
    assertThat(process.exitValue()).as(Arrays.toString(command) + ": " + output).isZero();
    return output;
  }
}
