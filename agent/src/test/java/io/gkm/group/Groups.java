package io.gkm.group;

import io.gkm.ike.wire.Identification;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Set;

/** Groups and addresses for tests. */
final class Groups {
  /** This host's address on eth0. */
  static final InetAddress OURS = AddressText.parse("192.0.2.10").orElseThrow();

  static final LocalAddresses LOCAL = name -> name.equals("eth0") ? Set.of(OURS) : Set.of();

  private Groups() {}

  static GroupSettings video(Role role) {
    return group("video", role, "0.0.0.0/0 -> 239.1.1.1/32 udp/5000");
  }

  /** The same traffic, which need not be encrypted. */
  static GroupSettings readable(Role role) {
    GroupSettings video = video(role);
    return new GroupSettings(
        video.name(),
        video.id(),
        role,
        video.interfaceName(),
        video.allow(),
        GroupOptions.DEFAULT.with(Confidentiality.OPTIONAL));
  }

  static GroupSettings group(String name, Role role, String... allow) {
    return new GroupSettings(
        name,
        Identification.parse("key-id:" + name),
        role,
        "eth0",
        Arrays.stream(allow).map(Flow::parse).toList());
  }
}
