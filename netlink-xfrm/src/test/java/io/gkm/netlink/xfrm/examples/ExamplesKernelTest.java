package io.gkm.netlink.xfrm.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.NetworkNamespace;
import io.gkm.netlink.xfrm.TestNamespace;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmEvents;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmSelector;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The examples do what the page says, on a real kernel. */
@Tag("kernel")
class ExamplesKernelTest {
  private TestNamespace namespace;

  @BeforeEach
  void open() throws Exception {
    namespace = TestNamespace.make("examples");
  }

  @AfterEach
  void close() throws Exception {
    namespace.close();
  }

  @Test
  void protectAGroupAndCountItsTraffic() throws Exception {
    here(
        () -> {
          ProtectAGroup.run(Examples.ANY, Examples.GROUP, new byte[36]);
          return null;
        });
    assertThat(namespace.ip("xfrm", "state")).contains("spi 0x1234abcd");
    assertThat(namespace.ip("xfrm", "policy")).contains("dir out priority 1000");
    assertThat(CountTraffic.run(namespace.name(), Examples.GROUP)).isZero();
  }

  @Test
  void manyChanges() throws Exception {
    XfrmPolicy block =
        XfrmPolicy.block(
            XfrmPolicyId.of(
                XfrmSelector.of(Examples.ANY, 0, Examples.GROUP, 32), XfrmDirection.OUT),
            1);
    List<String> refused = here(() -> ManyChanges.run(List.of(block, block)));
    assertThat(refused).hasSize(1).first().asString().contains("EEXIST");
  }

  @Test
  void watchExpiry() throws Exception {
    BlockingQueue<String> log = new LinkedBlockingQueue<>();
    try (XfrmEvents events = here(() -> WatchExpiry.run(log::add))) {
      assertThat(events).isNotNull();
      namespace.ip(
          ("xfrm state add src 0.0.0.0 dst 239.1.1.1 proto esp spi 7 aead rfc4106(gcm(aes))"
                  + " 0x0102030405060708090a0b0c0d0e0f1011121314 128 limit time-hard 1")
              .split(" "));
      InetAddress group = Examples.GROUP;
      assertThat(log.poll(30, TimeUnit.SECONDS))
          .isEqualTo("gone: SA dst " + group.getHostAddress() + " proto esp spi 0x00000007");
    }
  }

  private <T> T here(java.util.concurrent.Callable<T> code) throws Exception {
    return NetworkNamespace.of(namespace.name()).call(code);
  }
}
