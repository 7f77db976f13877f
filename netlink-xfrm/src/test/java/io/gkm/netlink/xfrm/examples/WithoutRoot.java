package io.gkm.netlink.xfrm.examples;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmNewPolicy;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.fake.FakeXfrmKernel;
import io.gkm.netlink.xfrm.fake.Flow;
import java.util.Optional;

/** 5. A test of one's own program, without root and without a kernel. */
final class WithoutRoot {
  private WithoutRoot() {}

  static Optional<XfrmPolicy> run(XfrmPolicy policy, Flow packet)
      throws NetlinkException, XfrmException {
    Optional<XfrmPolicy> met;
    // begin
    FakeXfrmKernel kernel = new FakeXfrmKernel();
    try (XfrmClient client = XfrmClient.over(kernel.connect())) {
      client.addPolicy(policy);
      met = kernel.lookup(XfrmDirection.OUT, packet);

      // How does the program take it when the kernel has no memory?
      kernel.refuse(request -> request instanceof XfrmNewPolicy, Errno.ENOMEM, "");
    }
    // end
    return met;
  }
}
