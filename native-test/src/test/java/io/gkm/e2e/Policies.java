package io.gkm.e2e;

import io.gkm.lab.CapturedPacket;

/** Group policies for the lab key server, and what their traffic is. */
final class Policies {
  static final String MANY_SENDERS =
      """
      lifetime = 3600
      [[group.video.sa]]
      destination = "239.1.1.1"
      protocol = "udp"
      ports = "5000"
      encryption = "aes-cbc-256"
      integrity = "hmac-sha2-256"
      """;

  static final String ONE_SENDER =
      """
      lifetime = 3600
      [[group.video.sa]]
      source = "10.9.0.2"
      destination = "239.1.1.1"
      protocol = "udp"
      ports = "5000"
      encryption = "aes-gcm-16-256"
      """;

  private Policies() {}

  /** Whether this is for the group, protected or not. */
  static boolean isGroupTraffic(CapturedPacket packet) {
    return (packet.isEsp() || packet.isUdp())
        && packet.destination().getHostAddress().equals("239.1.1.1");
  }
}
