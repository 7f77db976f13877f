package io.gkm.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network of namespaces: hosts, bridges, and the cables between them.
 *
 * <p>What is declared is made at the first use of a host (or by {@link #apply}), all at once.
 * Closing the lab kills the processes started in it and removes its namespaces, and with them their
 * links and SAs; a shutdown hook does the same when the program ends without closing it. Namespaces
 * are named after this process and a counter, so labs of several tests can stand side by side. Not
 * for use by several threads.
 */
public final class Lab implements AutoCloseable {
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final String prefix =
      "lab" + ProcessHandle.current().pid() + "-" + COUNTER.getAndIncrement();
  private final Map<String, LabHost> hosts = new LinkedHashMap<>();
  private final Map<String, LabBridge> bridges = new LinkedHashMap<>();
  private final List<String> namespaces = new ArrayList<>();
  private final List<AutoCloseable> running = new ArrayList<>();
  // Bridges before hosts: an interface whose other end is up already works at once when it is set
  // up.
  private final IpBatch bridgeSide = new IpBatch();
  private final IpBatch hostSide = new IpBatch();
  private final Set<LabBridge> changed = new LinkedHashSet<>();
  private final Thread hook = new Thread(this::cleanUp, "lab-clean-up");
  private int cables;
  private boolean closed;

  private Lab() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** A new, empty lab. */
  public static Lab create() {
    return new Lab();
  }

  /** The host of this name (a namespace with lo up), made if there is none. */
  public LabHost host(String name) {
    return hosts.computeIfAbsent(name, key -> new LabHost(this, key, namespace(key, hostSide)));
  }

  /**
   * The bridge of this name, in a namespace of its own, made if there is none. It floods multicast.
   */
  public LabBridge bridge(String name) {
    return bridges.computeIfAbsent(
        name,
        key -> {
          String namespace = namespace(key, bridgeSide);
          // Without snooping every port sees every group, so an outsider really could read along.
          bridgeSide.inside(namespace, "link add br0 type bridge mcast_snooping 0 forward_delay 0");
          bridgeSide.inside(namespace, "link set br0 up");
          return new LabBridge(key, namespace);
        });
  }

  /**
   * Plugs a host into a bridge: a new interface (eth0, then eth1, ...) with these addresses in
   * prefix notation. IPv6 addresses are usable at once. The first interface takes the host's
   * multicast traffic.
   *
   * @return the interface's name inside the host
   */
  public String connect(LabHost host, LabBridge bridge, String... addresses) {
    int cable = ++cables;
    int index = host.nextInterface();
    String name = "eth" + index;
    String port = "port" + cable;
    // An index of its own: where both ends happen to have the same one, the kernel takes its time
    // to see the link.
    bridgeSide.outer(
        "link add %s netns %s index %d type veth peer name %s netns %s address 02:00:00:00:00:%02x"
            .formatted(port, bridge.namespace(), 1000 + cable, name, host.namespace(), cable));
    bridgeSide.inside(bridge.namespace(), "link set " + port + " master br0 up");
    changed.add(bridge);
    for (String address : addresses) {
      hostSide.inside(
          host.namespace(),
          "address add " + address + " dev " + name + (address.contains(":") ? " nodad" : ""));
    }
    hostSide.inside(host.namespace(), "link set " + name + " up");
    if (index == 0) {
      hostSide.inside(host.namespace(), "route add 224.0.0.0/4 dev " + name);
    }
    return name;
  }

  /** Makes what was declared since the last time. */
  public void apply() {
    if (closed) {
      throw new IllegalStateException("the lab is closed");
    }
    bridgeSide.run();
    hostSide.run();
    changed.forEach(Lab::awaitForwarding);
    changed.clear();
  }

  /**
   * A port forwards only when the kernel's link watch has got round to it; what comes before is
   * lost.
   */
  private static void awaitForwarding(LabBridge bridge) {
    List<String> command = List.of("bridge", "-n", bridge.namespace(), "link");
    long deadline = System.nanoTime() + Commands.DEFAULT_LIMIT.toNanos();
    String ports;
    do {
      ports = Commands.run(command, "", Commands.DEFAULT_LIMIT).orThrow().stdout();
      if (ports.lines().allMatch(line -> line.contains(" state forwarding "))) {
        return;
      }
    } while (System.nanoTime() < deadline);
    throw new LabException("a port of bridge " + bridge.name() + " does not forward:\n" + ports);
  }

  /** Has something closed with the lab, before the namespaces go; the last registered first. */
  void register(AutoCloseable resource) {
    synchronized (running) {
      running.add(resource);
    }
  }

  private String namespace(String name, IpBatch side) {
    if (!name.matches("[a-z0-9-]{1,32}")) {
      throw new IllegalArgumentException("host name: " + name);
    }
    String namespace = prefix + "-" + name;
    if (namespaces.contains(namespace)) {
      throw new IllegalArgumentException("a host and a bridge cannot both be called " + name);
    }
    namespaces.add(namespace);
    bridgeSide.outer("netns add " + namespace);
    side.inside(namespace, "link set lo up");
    return namespace;
  }

  @Override
  public void close() {
    if (!closed) {
      Runtime.getRuntime().removeShutdownHook(hook);
      cleanUp();
    }
  }

  private void cleanUp() {
    closed = true;
    List<Exception> failures = new ArrayList<>();
    synchronized (running) {
      for (int i = running.size() - 1; i >= 0; i--) {
        try {
          running.get(i).close();
        } catch (Exception e) {
          failures.add(e);
        }
      }
      running.clear();
    }
    try {
      removeNamespaces();
    } catch (LabException e) {
      failures.add(e);
    }
    if (!failures.isEmpty()) {
      LabException failure = new LabException("the lab could not be cleaned up completely");
      failures.forEach(failure::addSuppressed);
      throw failure;
    }
  }

  /** Only those that exist: a lab that failed half-way may have made some. */
  private void removeNamespaces() {
    ExecResult list =
        Commands.run(List.of("ip", "netns", "list"), "", Commands.DEFAULT_LIMIT).orThrow();
    List<String> present =
        list.stdout()
            .lines()
            .map(line -> line.split(" ", 2)[0])
            .filter(namespaces::contains)
            .toList();
    if (present.isEmpty()) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    present.forEach(namespace -> lines.append("netns delete ").append(namespace).append('\n'));
    Commands.run(List.of("ip", "-force", "-batch", "-"), lines.toString(), Commands.DEFAULT_LIMIT)
        .orThrow();
  }
}
