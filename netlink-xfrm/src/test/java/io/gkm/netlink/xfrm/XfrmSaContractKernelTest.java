package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetworkNamespace;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;

/** The rules of the SA database are those of the real kernel. */
@Tag("kernel")
@Tag("newer-kernel")
class XfrmSaContractKernelTest extends XfrmSaContract {
  private TestNamespace namespace;

  @Override
  XfrmClient open() throws Exception {
    namespace = TestNamespace.make("contract");
    return XfrmClient.open(NetworkNamespace.of(namespace.name()));
  }

  @Override
  XfrmEvents listen(Consumer<XfrmEvent> listener) throws Exception {
    return XfrmEvents.open(NetworkNamespace.of(namespace.name()), listener);
  }

  @Override
  void pass(Duration time) throws Exception {
    Thread.sleep(time.toMillis());
  }

  @Override
  void cleanUp() throws Exception {
    namespace.close();
  }
}
