package io.gkm.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.agent.config.ConfigFolder;
import io.gkm.agent.config.Configuration;
import io.gkm.agent.control.ControlClient;
import io.gkm.agent.status.GroupReport;
import io.gkm.agent.status.StatusReport;
import io.gkm.agent.transport.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentTest {
  private static final String GUARDS = "apply [video[0.0.0.0/0 -> 239.1.1.1/32 udp/5000]0]";

  @TempDir private Path folder;
  private final FakeDataPlane kernel = new FakeDataPlane();
  private DatagramSocket keyServer;
  private Configuration configuration;
  private Agent agent;

  @BeforeEach
  void setUp() throws Exception {
    // The member sends from the key server's port, from 127.0.0.1.
    keyServer = new DatagramSocket(Loopback.socket(2, 0));
    configuration =
        new ConfigFolder(folder)
            .load(
                ConfigFolder.EXAMPLE
                    .replace("192.0.2.1", "127.0.0.2")
                    .replace("= 500", "= " + keyServer.getLocalPort()));
    agent = agent();
  }

  private Agent agent() {
    return TestAgents.withKernel(configuration, folder, kernel);
  }

  @AfterEach
  void tearDown() {
    agent.stop();
    keyServer.close();
    configuration.close();
  }

  private boolean keyServerHears(int millis) {
    try {
      keyServer.setSoTimeout(millis);
      keyServer.receive(new DatagramPacket(new byte[65536], 65536));
      return true;
    } catch (SocketTimeoutException nothing) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StatusReport status() throws Exception {
    return StatusReport.fromJson(ControlClient.status(folder.resolve("control/gkm.sock")));
  }

  @Test
  void guardsStandBeforeTheFirstMessageIsSent() throws Exception {
    CountDownLatch silent = new CountDownLatch(1);
    kernel.beforeApply =
        () -> {
          if (silent.getCount() > 0) {
            assertThat(keyServerHears(300)).isFalse();
            silent.countDown();
          }
        };
    agent.start();
    assertThat(silent.getCount()).isZero();
    assertThat(kernel.calls.take()).isEqualTo(GUARDS);
    assertThat(keyServerHears(20_000)).isTrue();
  }

  @Test
  void tellsItsStatus() throws Exception {
    agent.start();
    StatusReport status = status();
    assertThat(status.allRegistered()).isFalse();
    assertThat(status.kernel().inStep()).isTrue();
    assertThat(status.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(status.config()).isEqualTo(folder.resolve("gkm.toml").toString());
    assertThat(status.controllers())
        .singleElement()
        .satisfies(
            controller -> {
              assertThat(controller.name()).isEqualTo("hq");
              assertThat(controller.address()).isEqualTo("127.0.0.2");
              assertThat(controller.state()).isEqualTo("connecting");
            });
    GroupReport video = status.controllers().get(0).groups().get(0);
    assertThat(video.name()).isEqualTo("video");
    assertThat(video.role()).isEqualTo("both");
    assertThat(video.registered()).isFalse();
  }

  @Test
  void doesNotStartWithoutGuards() throws Exception {
    kernel.failToApply = true;
    assertThatThrownBy(agent::start)
        .isInstanceOf(StartException.class)
        .hasMessage("the groups' traffic cannot be guarded: NEWPOLICY: ENOBUFS")
        .extracting(e -> ((StartException) e).status())
        .isEqualTo(ExitStatus.UNAVAILABLE);
    assertThat(kernel.calls).containsExactly(GUARDS, "removeSas", "close");
    assertThat(keyServerHears(300)).isFalse();
    assertThat(folder.resolve("control/gkm.sock")).doesNotExist();
  }

  @Test
  void doesNotStartWithoutKernel() {
    agent.stop();
    agent =
        TestAgents.withKernel(
            configuration,
            folder,
            () -> {
              throw new IOException("NETLINK_XFRM: EPROTONOSUPPORT");
            },
            kernel::watch);
    assertThatThrownBy(agent::start)
        .isInstanceOf(StartException.class)
        .hasMessage("the kernel cannot be programmed: NETLINK_XFRM: EPROTONOSUPPORT");
    assertThat(kernel.calls).isEmpty();
  }

  @Test
  void runsOnlyOnce() throws Exception {
    agent.start();
    Agent second = agent();
    assertThatThrownBy(second::start)
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("another gkm works in this network namespace")
        .extracting(e -> ((StartException) e).status())
        .isEqualTo(ExitStatus.ALREADY_RUNNING);
    assertThat(status().controllers()).hasSize(1);
    assertThat(agent.stop()).isEqualTo(ExitStatus.OK);
    agent = agent();
    agent.start();
  }

  @Test
  void triesAgainWhenTheKernelFails() throws Exception {
    agent.start();
    assertThat(kernel.calls.take()).isEqualTo(GUARDS);
    kernel.failToApply = true;
    // The hand-over after the start may have come before or after; one of the next ones fails.
    agent.recheckKernel();
    StatusReport failing = status();
    while (failing.kernel().inStep()) {
      failing = status();
    }
    assertThat(failing.kernel().problem().orElseThrow().text()).isEqualTo("NEWPOLICY: ENOBUFS");
    kernel.failToApply = false;
    while (!status().kernel().inStep()) {
      kernel.calls.take();
    }
  }

  @Test
  void looksAgainWhenTheKernelSaysThatSomethingChanged() throws Exception {
    agent.start();
    assertThat(kernel.calls.take()).isEqualTo(GUARDS);
    assertThat(kernel.calls.take()).isEqualTo(GUARDS);
    kernel.hint.accept("policies have changed");
    // Well before it would look in its turn.
    assertThat(kernel.calls.poll(KernelSync.RECHECK.toSeconds() / 2, TimeUnit.SECONDS))
        .isEqualTo(GUARDS);
  }

  @Test
  void removesWhatItInstalledWhenItStops() throws Exception {
    agent.start();
    kernel.calls.take();
    assertThat(agent.stop()).isEqualTo(ExitStatus.OK);
    assertThat(kernel.calls).endsWith("removeSas", "close");
    assertThat(folder.resolve("control/gkm.sock")).doesNotExist();
    assertThat(agent.stop()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void saysWhenSomethingIsLeft() throws Exception {
    agent.start();
    kernel.failToRemove = true;
    assertThat(agent.stop()).isEqualTo(ExitStatus.UNCLEAN);
  }

  @Test
  void livesThroughAnyDatagram() throws Exception {
    agent.start();
    byte[] first = new byte[65536];
    DatagramPacket request = new DatagramPacket(first, first.length);
    keyServer.setSoTimeout(20_000);
    keyServer.receive(request);
    java.util.Random random = new java.util.Random(9838);
    for (int i = 0; i < 500; i++) {
      byte[] noise = java.util.Arrays.copyOf(first, random.nextInt(request.getLength() + 40));
      for (int j = 0; j < 4 && noise.length > 0; j++) {
        noise[random.nextInt(noise.length)] = (byte) random.nextInt();
      }
      keyServer.send(new DatagramPacket(noise, noise.length, request.getSocketAddress()));
    }
    assertThat(status().controllers()).hasSize(1);
    // It goes on sending: retransmissions, or a new attempt.
    assertThat(keyServerHears(20_000)).isTrue();
  }
}
