package io.gkm.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;

/** A datagram that reached an application: from whom, and its payload as text. */
public record ReceivedDatagram(InetSocketAddress source, String payload) {

  static ReceivedDatagram of(InetSocketAddress source, byte[] payload) {
    return new ReceivedDatagram(source, new String(payload, UTF_8));
  }

  /** What stands before the last blank: the marker of the flow. */
  public String marker() {
    return payload.substring(0, Math.max(0, payload.lastIndexOf(' ')));
  }

  /** The number after the last blank. */
  public int sequence() {
    return Integer.parseInt(payload.substring(payload.lastIndexOf(' ') + 1));
  }
}
