package io.gkm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.agent.config.ConfigFolder;
import io.gkm.agent.status.Json;
import io.gkm.agent.status.StatusReport;
import io.gkm.agent.transport.Loopback;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process: what it prints where, and its exit status. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GkmProcessTest {
  @TempDir private Path folder;
  private ConfigFolder files;
  private Path socket;

  @BeforeEach
  void setUp() throws Exception {
    files = new ConfigFolder(folder);
    socket = folder.resolve("control/gkm.sock");
  }

  private GkmProcess gkm(String... arguments) throws Exception {
    return new GkmProcess(Gkm.class, arguments);
  }

  /** A daemon whose key server does not exist. */
  private GkmProcess daemon(String... more) throws Exception {
    Path config =
        files.config(
            ConfigFolder.EXAMPLE
                .replace("192.0.2.1", "127.0.0.2")
                .replace("= 500", "= " + Loopback.freePort()));
    List<String> arguments = new ArrayList<>(List.of(config.toString(), folder.toString()));
    arguments.addAll(List.of(more));
    return new GkmProcess(DaemonMain.class, arguments.toArray(String[]::new));
  }

  @Test
  void refusesAWrongCommandLine() throws Exception {
    try (GkmProcess gkm = gkm("run")) {
      assertThat(gkm.status()).isEqualTo(2);
      assertThat(gkm.errorOutput()).contains("--config=FILE");
    }
  }

  @Test
  void runRefusesAWrongConfiguration() throws Exception {
    Path config = files.config(ConfigFolder.EXAMPLE.replace("role ", "rule "));
    try (GkmProcess gkm = gkm("run", "-c", config.toString())) {
      assertThat(gkm.status()).isEqualTo(2);
      assertThat(gkm.errorOutput())
          .isEqualTo(
              config
                  + ":9:1: [group.video] has no role; write \"sender\", \"receiver\" or \"both\"\n"
                  + config
                  + ":12:1: unknown key \"rule\" in [group.video]; allowed: controller, id, role,"
                  + " interface, allow, confidentiality, replay-window, renew-after-packets, bypass, experimental");
      assertThat(gkm.output()).isEmpty();
    }
  }

  @Test
  void checks() throws Exception {
    Path config = files.config(ConfigFolder.EXAMPLE);
    try (GkmProcess gkm = gkm("check", "-c", config.toString())) {
      assertThat(gkm.status()).isZero();
      assertThat(gkm.output()).isEqualTo(config + ": good (key servers: 1, groups: 1)\n");
      assertThat(gkm.errorOutput()).isEmpty();
    }
    files.config(ConfigFolder.EXAMPLE.replace("= 500", "= 0"));
    try (GkmProcess gkm = gkm("check", "--json", "-c", config.toString())) {
      assertThat(gkm.status()).isEqualTo(1);
      var answer = Json.parse(gkm.output());
      assertThat(answer.truth("good")).isFalse();
      assertThat(answer.objects("problems", problem -> problem.number("line"))).containsExactly(3L);
    }
  }

  @Test
  void statusSaysWhenThereIsNoDaemon() throws Exception {
    try (GkmProcess gkm = gkm("status", "--control", socket.toString())) {
      assertThat(gkm.status()).isEqualTo(3);
      assertThat(gkm.errorOutput())
          .isEqualTo(
              "gkm: no daemon: "
                  + socket
                  + " does not exist; start it with gkm run, or name its socket");
    }
  }

  @Test
  void theDaemonAnswersAndEndsCleanlyOnSigterm() throws Exception {
    try (GkmProcess daemon = daemon().awaitError("gkm: running")) {
      try (GkmProcess status = gkm("status", "--json", "--control", socket.toString())) {
        assertThat(status.status()).isEqualTo(1);
        StatusReport report = StatusReport.fromJson(Json.parse(status.output()));
        assertThat(report.controllers()).hasSize(1);
      }
      try (GkmProcess status = gkm("status", "--control", socket.toString())) {
        assertThat(status.status()).isEqualTo(1);
        assertThat(status.output()).contains("group video (key-id:video), both on eth0: ");
      }
      daemon.terminate();
      assertThat(daemon.status()).isZero();
      assertThat(daemon.output())
          .startsWith("apply [video[0.0.0.0/0 -> 239.1.1.1/32 udp/5000]0]\n")
          .endsWith("removeSas\nclose\n");
      assertThat(daemon.errorOutput()).contains("gkm: stopped").doesNotContain("0123456789");
      assertThat(socket).doesNotExist();
    }
  }

  @Test
  void aSecondDaemonIsRefused() throws Exception {
    try (GkmProcess first = daemon().awaitError("gkm: running")) {
      try (GkmProcess second = daemon()) {
        assertThat(second.status()).isEqualTo(4);
        assertThat(second.errorOutput())
            .contains("gkm: cannot start: another gkm works in this network namespace")
            .contains(", process ");
      }
      first.terminate();
      assertThat(first.status()).isZero();
    }
  }

  @Test
  void aSecondSignalCutsLeavingShortAndStillRemoves() throws Exception {
    try (GkmProcess daemon = daemon("stuck")) {
      daemon.awaitError("stuck");
      daemon.terminate();
      daemon.awaitError("gkm: asked to stop");
      daemon.terminate();
      daemon.awaitError("gkm: told to hurry");
      assertThat(daemon.status()).isZero();
      assertThat(daemon.output()).endsWith("removeSas\nclose\n");
    }
  }
}
