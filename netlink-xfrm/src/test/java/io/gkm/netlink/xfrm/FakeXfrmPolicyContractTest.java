package io.gkm.netlink.xfrm;

import io.gkm.netlink.xfrm.fake.FakeXfrmKernel;
import java.time.Duration;
import java.util.function.Consumer;

/** The fake kernel keeps the rules of the policy database. */
class FakeXfrmPolicyContractTest extends XfrmPolicyContract {
  private FakeXfrmKernel fake;

  @Override
  XfrmClient open() {
    fake = new FakeXfrmKernel();
    return XfrmClient.over(fake.connect());
  }

  @Override
  XfrmEvents listen(Consumer<XfrmEvent> listener) {
    return XfrmEvents.over(fake.listen(), listener);
  }

  @Override
  void pass(Duration time) {
    fake.advance(time);
  }

  @Override
  void cleanUp() {}
}
