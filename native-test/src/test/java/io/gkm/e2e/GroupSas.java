package io.gkm.e2e;

import io.gkm.lab.LabHost;
import io.gkm.netlink.xfrm.XfrmAead;
import io.gkm.netlink.xfrm.XfrmAuthTrunc;
import io.gkm.netlink.xfrm.XfrmEncryption;
import io.gkm.netlink.xfrm.XfrmKey;
import io.gkm.netlink.xfrm.XfrmMode;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * The SAs of a group as a drawing takes them, and the same ones and the policies as {@code ip xfrm}
 * takes them: a witness that shares no code.
 */
final class GroupSas {
  private final String group;
  private final String mode;
  private final String algorithm;
  private final int firstKeyOctet;

  /**
   * @param mode transport or tunnel
   * @param algorithm gcm, ccm, chacha, gmac, ctr or cbc
   */
  GroupSas(String group, String mode, String algorithm) {
    this(group, mode, algorithm, 1);
  }

  private GroupSas(String group, String mode, String algorithm, int firstKeyOctet) {
    this.group = group;
    this.mode = mode;
    this.algorithm = algorithm;
    this.firstKeyOctet = firstKeyOctet;
  }

  GroupSas withOtherKey() {
    return new GroupSas(group, mode, algorithm, firstKeyOctet + 100);
  }

  /** The address with which a host sends to the group, as captures show it. */
  String address(LabHost host) {
    return six() ? "fd09:0:0:0:0:0:0:" + number(host) : "10.9.0." + number(host);
  }

  private static int number(LabHost host) {
    return host.name().equals("one") ? 2 : 3;
  }

  /** The SA of a sender: with its address in tunnel mode, as what is sent has that outside. */
  XfrmSa sa(LabHost host, int spi, int reqid) throws UnknownHostException {
    boolean tunnel = mode.equals("tunnel");
    InetAddress source = InetAddress.getByName(tunnel ? address(host) : any());
    XfrmSaBuilder sa =
        XfrmSa.builder(source, InetAddress.getByName(group), spi)
            .mode(tunnel ? XfrmMode.TUNNEL : XfrmMode.TRANSPORT)
            .reqid(reqid);
    switch (algorithm) {
      case "ctr" -> sa.encryption(new XfrmEncryption("rfc3686(ctr(aes))", key(20)));
      case "cbc" -> sa.encryption(new XfrmEncryption("cbc(aes)", key(16)));
      default -> sa.aead(new XfrmAead(aead(), key(aeadOctets()), 128));
    }
    if (!isAead()) {
      sa.authentication(new XfrmAuthTrunc("hmac(sha256)", key(32), 128));
    }
    return sa.build();
  }

  /** Adds the SA and the policy of a receiver. */
  void receive(LabHost host, int spi) {
    String algorithms =
        isAead()
            ? "aead " + aead() + " 0x" + hex(aeadOctets()) + " 128"
            : "enc "
                + (algorithm.equals("ctr")
                    ? "rfc3686(ctr(aes)) 0x" + hex(20)
                    : "cbc(aes) 0x" + hex(16))
                + " auth-trunc hmac(sha256) 0x"
                + hex(32)
                + " 128";
    host.ip(
        "xfrm state add src %s dst %s proto esp spi 0x%08x reqid 9 mode %s %s"
            .formatted(any(), group, spi, mode, algorithms),
        policy("add", "in", any(), 0));
  }

  /** Adds the policy of a sender. */
  void protect(LabHost host, int reqid) {
    host.ip(policy("add", "out", templateSource(host), reqid));
  }

  /** Replaces it by one for another SA. */
  void protectInstead(LabHost host, int reqid) {
    host.ip(policy("update", "out", templateSource(host), reqid));
  }

  private String templateSource(LabHost host) {
    return mode.equals("tunnel") ? address(host) : any();
  }

  private String policy(String verb, String direction, String source, int reqid) {
    return "xfrm policy %s src %s/0 dst %s/%d dir %s tmpl src %s dst %s proto esp reqid %d mode %s"
        .formatted(verb, any(), group, six() ? 128 : 32, direction, source, group, reqid, mode);
  }

  private boolean isAead() {
    return !algorithm.equals("ctr") && !algorithm.equals("cbc");
  }

  private String aead() {
    return switch (algorithm) {
      case "gcm" -> "rfc4106(gcm(aes))";
      case "ccm" -> "rfc4309(ccm(aes))";
      case "gmac" -> "rfc4543(gcm(aes))";
      case "chacha" -> "rfc7539esp(chacha20,poly1305)";
      default -> throw new IllegalArgumentException(algorithm);
    };
  }

  private int aeadOctets() {
    return switch (algorithm) {
      case "ccm" -> 19;
      case "chacha" -> 36;
      default -> 20;
    };
  }

  private XfrmKey key(int octets) {
    return XfrmKey.copyOf(octets(octets));
  }

  private String hex(int octets) {
    return HexFormat.of().formatHex(octets(octets));
  }

  private byte[] octets(int count) {
    byte[] octets = new byte[count];
    for (int i = 0; i < count; i++) {
      octets[i] = (byte) (firstKeyOctet + i);
    }
    return octets;
  }

  private boolean six() {
    return group.contains(":");
  }

  private String any() {
    return six() ? "::" : "0.0.0.0";
  }
}
