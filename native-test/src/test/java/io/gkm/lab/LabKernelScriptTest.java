package io.gkm.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** scripts/lab-kernel: what goes in, what comes out, and that nothing else does. */
class LabKernelScriptTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Path SCRIPT = Path.of("../scripts/lab-kernel").toAbsolutePath().normalize();

  @TempDir private Path out;
  @TempDir private Path notOut;

  @BeforeEach
  void aLabIsPossible() {
    ExecResult probe =
        Commands.run(
            List.of(
                "bash",
                "-c",
                ". \"$0\"; [ \"$(choose_way '')\" = direct ] || find_uml ''",
                SCRIPT.resolveSibling("lib/lab-common.sh").toString()),
            "",
            LIMIT);
    assumeTrue(probe.exit() == 0, "no kernel with ESP here: " + probe.stderr());
  }

  @Test
  void returnsOutputAndStatusAndKeepsOnlyTheOutDirectory() {
    String script =
        "echo \"$1|$(id -u)|$PWD\"; echo error >&2; echo kept > \"$2/file\"; echo lost > \"$3/file\";"
            + " cat \"$3/file\"; ip xfrm state count; exit 7";
    ExecResult result =
        labKernel(
            "--out",
            out.toString(),
            "--",
            "bash",
            "-c",
            script,
            "bash",
            "two words  'quoted'",
            out.toString(),
            notOut.toString());

    assertThat(result.stderr()).isEqualTo("error\n");
    assertThat(result.stdout().lines())
        .containsExactly(
            "two words  'quoted'|0|" + Path.of("").toAbsolutePath(), "lost", "\t SAD count 0");
    assertThat(result.exit()).isEqualTo(7);
    assertThat(out.resolve("file")).hasContent("kept");
    assertThat(notOut).isEmptyDirectory();
  }

  @Test
  void endsACommandThatTakesTooLong() {
    ExecResult result = labKernel("--timeout", "1", "--out", out.toString(), "--", "sleep", "1000");

    assertThat(result.exit()).isEqualTo(125);
    assertThat(result.stderr()).contains("stopped after 1 seconds");
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(process -> process.info().commandLine().orElse("").contains(notOut.toString()));
  }

  /** As user-mode Linux leaves them when it is killed while it starts a process. */
  @Test
  void doesNotWaitForStoppedProcessesThatTheLabLeavesBehind() throws Exception {
    CompletableFuture<ExecResult> result =
        CompletableFuture.supplyAsync(
            () -> labKernel("--timeout", "900", "--out", out.toString(), "--", "sleep", "1000"));
    Optional<ProcessHandle> helper = awaitHelper();
    assumeTrue(helper.isPresent(), "this kernel runs the command directly");

    signal("STOP", helper.get());
    signal("KILL", helper.get().parent().orElseThrow());

    assertThat(result.get(LIMIT.toSeconds(), TimeUnit.SECONDS).exit()).isEqualTo(125);
    assertThat(helper.get().onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  /** A process that user-mode Linux has made; empty when there is none within the limit. */
  private Optional<ProcessHandle> awaitHelper() {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    Optional<ProcessHandle> helper = Optional.empty();
    while (helper.isEmpty() && System.nanoTime() < end) {
      helper =
          ProcessHandle.allProcesses()
              .filter(this::isUserModeLinux)
              .filter(process -> process.parent().filter(this::isUserModeLinux).isPresent())
              .findFirst();
    }
    return helper;
  }

  private boolean isUserModeLinux(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return info.command().orElse("").endsWith("linux.uml")
        && info.commandLine().orElse("").contains("uml_dir=" + notOut);
  }

  private static void signal(String name, ProcessHandle process) {
    List<String> kill = List.of("kill", "-" + name, Long.toString(process.pid()));
    assertThat(Commands.run(kill, "", LIMIT).exit()).isZero();
  }

  @Test
  void refusesAWrongCall() {
    assertThat(labKernel("--out", "/no/such/directory", "--", "true").exit()).isEqualTo(2);
    assertThat(labKernel("--").stderr()).contains("no COMMAND");
    assertThat(labKernel("--fast", "--", "true").stderr()).contains("--fast");
  }

  /** With notOut as its temporary directory, so that whatever it leaves behind is noticed. */
  private ExecResult labKernel(String... arguments) {
    List<String> command = new ArrayList<>(List.of("env", "TMPDIR=" + notOut));
    command.add(SCRIPT.toString());
    command.addAll(List.of(arguments));
    ExecResult result = Commands.run(command, "", LIMIT);
    assertThat(notOut).isEmptyDirectory();
    return result;
  }
}
