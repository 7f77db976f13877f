package io.gkm.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabProcessTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void keepsBothOutputsInMemoryAndInAFile() throws IOException {
    try (FileConfig files = FileConfig.create("test")) {
      Path log = files.path("out.log");
      LabProcess process = shell("echo one; echo two >&2; read ignored; exit 3", log);
      assertThat(process.awaitExit(SOON)).isEqualTo(3);
      assertThat(process.lines()).containsExactly("one", "two");
      assertThat(Files.readAllLines(log)).containsExactly("one", "two");
    }
  }

  @Test
  void waitsForLinesFromAMarkOn() {
    // Not HUP: whoever runs this with nohup has it ignored, and a shell keeps that.
    try (LabProcess process =
        shell("trap 'echo again' USR1; echo again; while :; do sleep 0.05; done", null)) {
      assertThat(process.awaitLine("aga.n", SOON)).isEqualTo("again");
      int mark = process.mark();
      assertThatThrownBy(() -> process.awaitLine("again", Duration.ofMillis(50), mark))
          .isInstanceOf(LabException.class);
      process.signal("USR1");
      assertThat(process.awaitLine("again", SOON, mark)).isEqualTo("again");
      process.kill();
      assertThat(process.awaitExit(SOON)).isEqualTo(137);
    }
  }

  @Test
  void saysAtOnceThatALineCannotComeAnyMore() {
    LabProcess process = shell("echo something else", null);
    assertThatThrownBy(() -> process.awaitLine("never", Duration.ofDays(1)))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("ended")
        .hasMessageContaining("something else");
  }

  @Test
  void endsWhatItStartedWhenClosed() {
    LabProcess process = shell("sleep 1000", null);
    process.close();
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void aCommandThatTakesTooLongIsEnded() {
    assertThatThrownBy(() -> Commands.run(List.of("sleep", "1000"), "", Duration.ofMillis(100)))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("still running");
    ExecResult result = Commands.run(List.of("sh", "-c", "cat; echo no >&2; exit 4"), "in", SOON);
    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.stdout()).isEqualTo("in");
    assertThatThrownBy(result::orThrow)
        .hasMessageContaining("exit status 4")
        .hasMessageContaining("no");
  }

  @Test
  void secretFilesAreTheOwnersAlone() throws IOException {
    Path directory;
    try (FileConfig files = FileConfig.create("test")) {
      directory = files.directory();
      Path secret = files.secret("gm.psk", "secret");
      Path config = files.file("gkm.toml", "x = 1");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
          .isEqualTo("rw-r--r--");
      assertThat(Files.readString(secret)).isEqualTo("secret");
    }
    assertThat(directory).doesNotExist();
  }

  private static LabProcess shell(String script, Path log) {
    return LabProcess.start("here", List.of("sh", "-c", script), log);
  }
}
