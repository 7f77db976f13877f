package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmEvent;
import io.gkm.netlink.xfrm.XfrmEvents;
import java.util.function.Consumer;

/** The contract, kept by the fake kernel. */
class FakeXfrmContractTest extends XfrmContract {
  private final FakeXfrmKernel kernel = new FakeXfrmKernel();
  private final XfrmClient client = XfrmClient.over(kernel.connect());

  @Override
  XfrmClient client() {
    return client;
  }

  @Override
  XfrmEvents listen(Consumer<XfrmEvent> listener) {
    return XfrmEvents.over(kernel.listen(), listener);
  }
}
