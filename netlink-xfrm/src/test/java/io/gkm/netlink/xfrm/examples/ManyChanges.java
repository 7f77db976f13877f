package io.gkm.netlink.xfrm.examples;

import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmMessage;
import io.gkm.netlink.xfrm.XfrmNewPolicy;
import io.gkm.netlink.xfrm.XfrmPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** 2. Many changes in few sends, and what became of each. */
final class ManyChanges {
  private ManyChanges() {}

  static List<String> run(List<XfrmPolicy> policies) throws NetlinkException {
    List<String> refused = new ArrayList<>();
    // begin
    try (XfrmClient client = XfrmClient.open()) {
      List<XfrmMessage> changes = new ArrayList<>();
      policies.forEach(policy -> changes.add(new XfrmNewPolicy(policy)));

      for (Optional<XfrmException> result : client.batch(changes)) {
        // Such as: add policy dir out 10.0.0.0/8 -> 239.1.1.1/32: EEXIST; ...
        result.ifPresent(why -> refused.add(why.getMessage()));
      }
    }
    // end
    return refused;
  }
}
