package io.gkm.agent.control;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonLockTest {
  @TempDir private Path folder;

  @Test
  void oneDaemonPerSocket() throws Exception {
    Path socket = folder.resolve("gkm.sock");
    DaemonLock lock = DaemonLock.forSocket(socket);
    assertThatThrownBy(() -> DaemonLock.forSocket(socket))
        .isInstanceOf(AlreadyRunningException.class)
        .hasMessageStartingWith("another gkm serves the control socket " + socket);
    DaemonLock.forSocket(folder.resolve("other.sock")).close();
    lock.close();
    DaemonLock.forSocket(socket).close();
  }

  @Test
  void oneDaemonPerNetworkNamespace() throws Exception {
    DaemonLock lock = DaemonLock.forNetwork(folder.resolve("locks"));
    try (lock) {
      assertThatThrownBy(() -> DaemonLock.forNetwork(folder.resolve("locks")))
          .isInstanceOf(AlreadyRunningException.class)
          .hasMessageContaining(Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
    }
    DaemonLock.forNetwork(folder.resolve("locks")).close();
  }

  @Test
  void saysWhatIsWrongWithTheFolder() {
    assertThatThrownBy(() -> DaemonLock.forSocket(folder.resolve("no/such/gkm.sock")))
        .isInstanceOf(ControlException.class)
        .hasMessageContaining("the folder it is in does not exist");
  }
}
