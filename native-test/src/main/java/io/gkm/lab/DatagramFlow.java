package io.gkm.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A stream of UDP datagrams: where it goes, through which interface of the sender, and what its
 * payloads begin with.
 *
 * @param destination a multicast or unicast address
 * @param port the destination port
 * @param interfaceName the sender's (and a receiver's) interface
 * @param ttl the IPv4 time to live or IPv6 hop limit of multicast datagrams
 * @param marker text that tells this flow from all others, also in a capture
 */
public record DatagramFlow(
    InetAddress destination, int port, String interfaceName, int ttl, String marker) {

  /** A flow to a literal address through eth0, one hop far. */
  public static DatagramFlow to(String address, int port, String marker) {
    if (!address.matches("[0-9.]+|[0-9a-fA-F:]+")) {
      throw new IllegalArgumentException("not an address: " + address);
    }
    try {
      return new DatagramFlow(InetAddress.getByName(address), port, "eth0", 1, marker);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + address, e);
    }
  }

  /** The same flow with another marker. */
  public DatagramFlow withMarker(String other) {
    return new DatagramFlow(destination, port, interfaceName, ttl, other);
  }

  /** The payload of the datagram with this sequence number: the marker, a blank, the number. */
  public byte[] payload(int sequence) {
    return (marker + " " + sequence).getBytes(UTF_8);
  }
}
