package io.gkm.bench;

import io.gkm.netlink.xfrm.XfrmAead;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmKey;
import io.gkm.netlink.xfrm.XfrmMessage;
import io.gkm.netlink.xfrm.XfrmNewPolicy;
import io.gkm.netlink.xfrm.XfrmNewSa;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSelector;
import io.gkm.netlink.xfrm.XfrmTemplate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The objects of the netlink benchmark: the same for us, for the C program and for ip(8). */
enum NetlinkObjects {
  SA("sa", "state") {
    @Override
    XfrmMessage make(int number) {
      byte[] key = new byte[20];
      for (int i = 0; i < key.length; i++) {
        key[i] = (byte) (i + 1);
      }
      return new XfrmNewSa(
          XfrmSa.builder(address(0x0a000001), group(number), 0x10000 + number)
              .reqid(7)
              .aead(new XfrmAead("rfc4106(gcm(aes))", XfrmKey.copyOf(key), 128))
              .build());
    }

    @Override
    String words(int number) {
      return String.format(
          "src 10.0.0.1 dst %s proto esp spi 0x%x reqid 7 mode transport aead rfc4106(gcm(aes))"
              + " 0x0102030405060708090a0b0c0d0e0f1011121314 128",
          group(number).getHostAddress(), 0x10000 + number);
    }
  },
  POLICY("policy", "policy") {
    @Override
    XfrmMessage make(int number) {
      XfrmSelector selector = XfrmSelector.of(address(0x0a000001), 32, group(number), 32);
      return new XfrmNewPolicy(
          XfrmPolicy.protect(
              XfrmPolicyId.of(selector, XfrmDirection.OUT),
              100,
              XfrmTemplate.esp(address(0x0a000001), group(number), 7)));
    }

    @Override
    String words(int number) {
      String group = group(number).getHostAddress();
      return String.format(
          "src 10.0.0.1/32 dst %s/32 dir out priority 100 tmpl src 10.0.0.1 dst %s proto esp reqid 7"
              + " mode transport",
          group, group);
    }
  };

  private final String name;
  private final String ipName;

  NetlinkObjects(String name, String ipName) {
    this.name = name;
    this.ipName = ipName;
  }

  abstract XfrmMessage make(int number);

  /** What ip-xfrm is told. */
  abstract String words(int number);

  /** For the C program and the results. */
  String shortName() {
    return name;
  }

  String ipName() {
    return ipName;
  }

  List<XfrmMessage> make(int from, int to) {
    List<XfrmMessage> messages = new ArrayList<>();
    for (int i = from; i < to; i++) {
      messages.add(make(i));
    }
    return messages;
  }

  private static InetAddress group(int number) {
    return address(0xef000000 + number);
  }

  private static InetAddress address(int bits) {
    byte[] octets = {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }
}
