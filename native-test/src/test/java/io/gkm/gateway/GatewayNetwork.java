package io.gkm.gateway;

import io.gkm.lab.DatagramFlow;
import io.gkm.lab.Lab;
import io.gkm.lab.LabBridge;
import io.gkm.lab.LabHost;
import io.gkm.netlink.NetworkNamespace;
import io.gkm.netlink.route.RouteClient;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Two sites and what is between them: hosts one and two, gateway A | wan | gateway B, host far.
 * Both gateways have eth0 on the wan, which takes their own multicast traffic, and eth1 at their
 * site.
 */
final class GatewayNetwork implements AutoCloseable {
  static final String WAN = "eth0";
  static final String LAN = "eth1";

  private static final int TTL = 9;

  final Lab lab = Lab.create();
  final LabHost one = lab.host("one");
  final LabHost two = lab.host("two");
  final LabHost gatewayA = lab.host("gwa");
  final LabHost gatewayB = lab.host("gwb");
  final LabHost far = lab.host("far");
  final LabBridge siteA = lab.bridge("sitea");
  final LabBridge wan = lab.bridge("wan");
  final LabBridge siteB = lab.bridge("siteb");

  GatewayNetwork() {
    lab.connect(gatewayA, wan, "10.9.0.1/24", "fd09::1/64");
    lab.connect(gatewayA, siteA, "10.1.0.1/24", "fd01::1/64");
    lab.connect(gatewayB, wan, "10.9.0.2/24", "fd09::2/64");
    lab.connect(gatewayB, siteB, "10.2.0.1/24", "fd02::1/64");
    lab.connect(one, siteA, "10.1.0.2/24", "fd01::2/64");
    lab.connect(two, siteA, "10.1.0.3/24", "fd01::3/64");
    lab.connect(far, siteB, "10.2.0.2/24", "fd02::2/64");
    lab.apply();
  }

  /** A group of either family and what tells its traffic. */
  static DatagramFlow flow(boolean ipv6, String marker) {
    return new DatagramFlow(group(ipv6), 5000, "eth0", TTL, marker);
  }

  static InetAddress group(boolean ipv6) {
    return address(ipv6 ? "ff15::1" : "239.1.1.1");
  }

  /** Of hosts one (2) and two (3) at site A. */
  static InetAddress sourceAddress(boolean ipv6, int host) {
    return address((ipv6 ? "fd01::" : "10.1.0.") + host);
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static NetworkNamespace namespace(LabHost host) {
    return NetworkNamespace.of(host.namespace());
  }

  /** The index of a host's link. */
  int link(LabHost host, String name) throws Exception {
    lab.apply();
    try (RouteClient client = RouteClient.open(namespace(host))) {
      return client.link(name).orElseThrow().index();
    }
  }

  @Override
  public void close() {
    lab.close();
  }
}
