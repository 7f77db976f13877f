package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.NetworkNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The probe tells the truth of the kernel that it runs on, and leaves nothing behind. */
@Tag("kernel")
@Tag("newer-kernel")
class XfrmCapabilitiesKernelTest {
  /** What every kernel has that gkm can run on. */
  private static final Set<XfrmCapability> ALWAYS =
      EnumSet.of(
          XfrmCapability.ESP_IPV4,
          XfrmCapability.ESP_IPV6,
          XfrmCapability.TUNNEL,
          XfrmCapability.ESN,
          XfrmCapability.LARGE_REPLAY_WINDOW,
          XfrmCapability.MARK,
          XfrmCapability.OUTPUT_MARK,
          XfrmCapability.INTERFACE_ID,
          XfrmCapability.EXTRA_FLAGS,
          XfrmCapability.DUMP_FILTER,
          XfrmCapability.DEFAULT_POLICY,
          XfrmCapability.POLICY_HASH_THRESHOLDS);

  @Test
  void whatTheVersionBrings() throws Exception {
    XfrmCapabilities found = XfrmCapabilities.probe();
    System.out.println("Linux " + System.getProperty("os.version") + ":\n" + found);
    assertThat(found.capabilities()).containsAll(ALWAYS);
    assertThat(found.has(XfrmCapability.SA_DIRECTION)).isEqualTo(isAtLeast(6, 10));
    assertThat(found.has(XfrmCapability.NAT_KEEPALIVE)).isEqualTo(isAtLeast(6, 11));
    assertThat(found.has(XfrmCapability.PER_CPU_SA)).isEqualTo(isAtLeast(6, 13));
    if (!isAtLeast(6, 14)) {
      assertThat(found.has(XfrmCapability.IPTFS)).isFalse();
    }
    // Both need the same option of the kernel's configuration.
    assertThat(found.has(XfrmCapability.MIGRATE_STATE))
        .isEqualTo(isAtLeast(7, 2) && found.has(XfrmCapability.MIGRATE));
    assertThat(found.algorithms())
        .contains("rfc4106(gcm(aes)) 256 icv 128", "hmac(sha256) 256 icv 128", "cbc(aes) 256")
        .isSubsetOf(ProbedAlgorithms.names());
    assertThat(found.toMap())
        .hasSize(XfrmCapability.values().length + ProbedAlgorithms.names().size())
        .containsEntry("ESP_IPV4", true);
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    try (TestNamespace namespace = TestNamespace.make("probe");
        XfrmClient client = XfrmClient.open(NetworkNamespace.of(namespace.name()))) {
      int before = descriptors().size();
      for (int i = 0; i < 20; i++) {
        NetworkNamespace.of(namespace.name()).call(XfrmCapabilities::probe);
      }
      assertThat(client.dumpSas()).isEmpty();
      assertThat(client.dumpPolicies()).isEmpty();
      assertThat(client.sadInfo().count()).hasValue(0);
      // One left by each would be 20; the virtual machine opens and closes some of its own.
      assertThat(descriptors().size()).isLessThan(before + 10);
    }
  }

  private static List<Path> descriptors() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.toList();
    }
  }

  private static boolean isAtLeast(int major, int minor) {
    String[] version = System.getProperty("os.version").split("[.-]", -1);
    int ourMajor = Integer.parseInt(version[0]);
    return ourMajor > major || (ourMajor == major && Integer.parseInt(version[1]) >= minor);
  }
}
