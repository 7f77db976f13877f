package io.gkm.netlink.xfrm.examples;

import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.xfrm.XfrmAead;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmKey;
import io.gkm.netlink.xfrm.XfrmLifetime;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSelector;
import io.gkm.netlink.xfrm.XfrmTemplate;
import java.net.InetAddress;

/** 1. An SA for a multicast group and the policy that sends the group's traffic through it. */
final class ProtectAGroup {
  private ProtectAGroup() {}

  static void run(InetAddress any, InetAddress group, byte[] keyAndSalt)
      throws NetlinkException, XfrmException {
    // begin
    try (XfrmClient client = XfrmClient.open();
        XfrmKey key = XfrmKey.copyOf(keyAndSalt)) {
      XfrmSa sa =
          XfrmSa.builder(any, group, 0x1234abcd)
              .reqid(100)
              .aead(new XfrmAead("rfc4106(gcm(aes))", key, 128))
              .lifetime(XfrmLifetime.ofSeconds(3000, 3600))
              .build();
      client.addSa(sa);

      XfrmPolicyId id = XfrmPolicyId.of(XfrmSelector.of(any, 0, group, 32), XfrmDirection.OUT);
      client.updatePolicy(XfrmPolicy.protect(id, 1000, XfrmTemplate.esp(any, group, 100)));
    }
    // end
  }
}
