package io.gkm.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    ExecResult result = labKernel("--timeout", "8", "--out", out.toString(), "--", "sleep", "1000");

    assertThat(result.exit()).isEqualTo(125);
    assertThat(result.stderr()).contains("stopped after 8 seconds");
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(process -> process.info().commandLine().orElse("").contains(notOut.toString()));
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
