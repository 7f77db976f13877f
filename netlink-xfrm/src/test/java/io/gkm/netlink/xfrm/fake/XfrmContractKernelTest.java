package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.NetworkNamespace;
import io.gkm.netlink.xfrm.TestNamespace;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmEvent;
import io.gkm.netlink.xfrm.XfrmEvents;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The contract, kept by the real kernel in a namespace of its own. */
@Tag("kernel")
@Tag("newer-kernel")
class XfrmContractKernelTest extends XfrmContract {
  private TestNamespace namespace;
  private XfrmClient client;

  @BeforeEach
  void open() throws Exception {
    namespace = TestNamespace.make("contract");
    client = XfrmClient.open(NetworkNamespace.of(namespace.name()));
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    namespace.close();
  }

  @Override
  XfrmClient client() {
    return client;
  }

  @Override
  XfrmEvents listen(Consumer<XfrmEvent> listener) throws Exception {
    return XfrmEvents.open(NetworkNamespace.of(namespace.name()), listener);
  }
}
