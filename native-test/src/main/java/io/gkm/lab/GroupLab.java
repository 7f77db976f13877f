package io.gkm.lab;

import io.gkm.lab.pki.CertificateMaker;
import io.gkm.lab.pki.LabCertificate;
import io.gkm.lab.pki.LabKeys;
import java.io.File;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A group's network on one bridge: a key server (10.9.0.1), a sender (10.9.0.2), two receivers
 * (10.9.0.3 and 10.9.0.4) and an outsider (10.9.0.66), each a host of its own, and the programs
 * that run on them as processes: the lab key server and gkm. Each has an IPv6 address with the same
 * last number too (fd09::1, ...).
 */
public final class GroupLab implements AutoCloseable {
  /** How long a program may take to say what it should: machines in the lab are slow. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What the tests and the demo use as the group's traffic. */
  public static final String FLOW = "0.0.0.0/0 -> 239.1.1.1/32 udp/5000";

  /** A policy for that traffic from any sender, for {@link #startController}. */
  public static final String POLICY =
      """
      lifetime = 3600
      [[group.video.sa]]
      destination = "239.1.1.1"
      protocol = "udp"
      ports = "5000"
      encryption = "aes-cbc-256"
      integrity = "hmac-sha2-256"
      """;

  private static final List<String> JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx128m");

  private final Lab lab = Lab.create();
  private final FileConfig files = FileConfig.create("group");
  private final LabBridge wire = lab.bridge("wire");
  private final Map<String, LabHost> hosts = new LinkedHashMap<>();
  private Optional<LabCertificate> authority = Optional.empty();
  private String serverAddress = "10.9.0.1";
  private List<String> knownAddresses = List.of("10.9.0.1");
  private Optional<Integer> port = Optional.empty();
  private String allow = FLOW;
  private String memberLines = "";

  /** A network whose programs are not started yet. */
  public static GroupLab create() {
    GroupLab group = new GroupLab();
    group.host("gcks", 1);
    group.host("sender", 2);
    group.host("receiver1", 3);
    group.host("receiver2", 4);
    group.host("outsider", 66);
    group.lab.apply();
    return group;
  }

  /**
   * The programs that are started from now on prove themselves by certificates of an authority of
   * this lab, not by pre-shared keys.
   */
  public void useCertificates() {
    LabCertificate root = CertificateMaker.root("CN=Group Lab");
    authority = Optional.of(root);
    files.file("ca.pem", root.pem());
    hosts.keySet().forEach(name -> certificate(name, name + ".example"));
  }

  /**
   * The programs that are started from now on speak over IPv6, and the group's traffic is this.
   *
   * @param flow an entry of {@code allow}
   */
  public void useIpv6(String flow) {
    serverAddress = "fd09::1";
    knownAddresses = List.of(serverAddress);
    allow = flow;
  }

  /** The addresses of the key server that members are told, in their order. */
  public void useControllerAddresses(String... addresses) {
    knownAddresses = List.of(addresses);
  }

  /** The key server listens on this port only, and members know. */
  public void usePort(int only) {
    port = Optional.of(only);
  }

  /** More lines of the members' {@code [group.video]}. */
  public void useGroupLines(String lines) {
    memberLines = lines;
  }

  /** Makes the certificate that a host will show, which may be one for another name. */
  public void certificate(String name, String dnsName) {
    LabCertificate made =
        new CertificateMaker("CN=" + name, LabKeys.make("p256"))
            .dns(dnsName)
            .issuedBy(authority.orElseThrow());
    files.file(name + ".pem", made.pem());
    files.secret(name + ".key", made.keyPem());
  }

  private void host(String name, int number) {
    LabHost host = lab.host(name);
    lab.connect(host, wire, "10.9.0." + number + "/24", "fd09::" + number + "/64");
    hosts.put(name, host);
  }

  /** {@code gcks}, {@code sender}, {@code receiver1}, {@code receiver2} or {@code outsider}. */
  public LabHost host(String name) {
    return hosts.get(name);
  }

  public Lab lab() {
    return lab;
  }

  /** Whether this is for the group (of IPv4), protected or in clear. */
  public static boolean isGroupTraffic(CapturedPacket packet) {
    return isTrafficTo("239.1.1.1").test(packet);
  }

  /** Whether this is for the group of this address, protected or in clear. */
  public static Predicate<CapturedPacket> isTrafficTo(String group) {
    InetAddress address = DatagramFlow.to(group, 1, "").destination();
    return packet ->
        (packet.isEsp() || packet.isAh() || packet.isUdp()) && packet.destination().equals(address);
  }

  /** What all hosts are connected to. */
  public LabBridge wire() {
    return wire;
  }

  /** Where the key server writes the keys it hands out. */
  public Path keysFile() {
    return files.path("keys.json");
  }

  /**
   * Starts the key server and waits until it listens. All hosts but the key server may join the
   * group {@code video}; nobody may join the group {@code closed}.
   *
   * @param group lines of {@code [group.video]} and its SAs
   */
  public LabProcess startController(String group) {
    return startController("", group);
  }

  /**
   * The same, for a key server with particular ways.
   *
   * @param controller more lines of {@code [controller]}, such as {@code cookie = true}
   */
  public LabProcess startController(String controller, String group) {
    StringBuilder config = new StringBuilder();
    config.append(
        "[controller]\naddress = \"%s\"\nid = \"fqdn:gcks.example\"\n".formatted(serverAddress));
    port.ifPresent(only -> config.append("ports = [%d]\n".formatted(only)));
    config.append(controller);
    if (authority.isPresent()) {
      config.append("certificate-file = \"gcks.pem\"\nkey-file = \"gcks.key\"\n");
    }
    for (String name : hosts.keySet()) {
      psk(name);
      config.append("[member.%s]\nid = \"fqdn:%s.example\"\n".formatted(name, name));
      String proof = authority.isPresent() ? "ca-file = \"ca.pem\"" : "psk-file = \"%s.psk\"";
      config.append((proof + "\ngroups = [\"video\"]\n").formatted(name));
    }
    config.append("[group.closed]\nid = \"key-id:closed\"\n");
    config.append("[group.video]\nid = \"key-id:video\"\n").append(group);
    Path file = files.file("gcks.toml", config.toString());
    List<String> command = new ArrayList<>(java());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.gkm.lab.controller.LabController");
    command.addAll(List.of("-c", file.toString(), "--keys-file", keysFile().toString()));
    LabProcess process = host("gcks").start(command.toArray(String[]::new));
    process.awaitLine("listening on", PATIENCE);
    return process;
  }

  /** Starts gkm on a host, in the group {@code video}. */
  public LabProcess startMember(String name, String role) {
    return startMember(name, role, "key-id:video", allow);
  }

  /** Starts gkm on a host and returns at once. */
  public LabProcess startMember(String name, String role, String groupId, String allow) {
    psk(name);
    Path file =
        files.file(
            name + ".toml",
            """
            [agent]
            control-socket = "%s"
            [controller.hq]
            address   = [%s]
            %s
            local-id  = "fqdn:%s.example"
            remote-id = "fqdn:gcks.example"
            [controller.hq.auth]
            %s
            [group.video]
            controller = "hq"
            id         = "%s"
            role       = "%s"
            interface  = "eth0"
            allow      = ["%s"]
            %s
            """
                .formatted(
                    socket(name),
                    String.join(", ", knownAddresses.stream().map(a -> '"' + a + '"').toList()),
                    port.map(only -> "port = " + only).orElse(""),
                    name,
                    auth(name),
                    groupId,
                    role,
                    allow,
                    memberLines));
    return host(name).start(command("run", "-c", file.toString()));
  }

  private String auth(String name) {
    return authority.isEmpty()
        ? "psk-file = \"%s.psk\"".formatted(name)
        : "certificate-file = \"%s.pem\"\nkey-file = \"%s.key\"\nca-files = [\"ca.pem\"]"
            .formatted(name, name);
  }

  /**
   * Waits until gkm on a host says that it is registered and the kernel there has its policies.
   *
   * @return what it said
   */
  public String awaitMember(String name, LabProcess member) {
    String said = member.awaitLine("registered; SAs", PATIENCE);
    Instant end = Instant.now().plus(PATIENCE);
    while (!KernelView.policies(host(name)).contains("tmpl")) {
      if (Instant.now().isAfter(end)) {
        throw new LabException(name + " said '" + said + "', but its kernel has no policy for it");
      }
    }
    return said;
  }

  /** What {@code gkm status} says of the gkm on a host. */
  public ExecResult status(String name, String... options) {
    List<String> command = new ArrayList<>(List.of(command("status", "--control", socket(name))));
    command.addAll(List.of(options));
    return host(name).exec(PATIENCE, command.toArray(String[]::new));
  }

  /** Runs a command of gkm on a host to its end. */
  public ExecResult gkm(String name, String... arguments) {
    return host(name).exec(PATIENCE, command(arguments));
  }

  /** Overwrites the key that gkm on a host will present. */
  public void wrongPsk(String name) {
    psk(name);
    files.secret(name + ".psk", "this is not the key of " + name);
  }

  private String socket(String name) {
    return files.path(name + ".run").resolve("gkm.sock").toString();
  }

  private void psk(String name) {
    if (!Files.exists(files.path(name + ".psk"))) {
      files.secret(name + ".psk", "a pre-shared key of " + name + " in the lab\n");
    }
  }

  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    return command;
  }

  private static String[] command(String... arguments) {
    List<String> command = new ArrayList<>(java());
    command.add("-jar");
    command.add(jar().toString());
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  /** The program as users get it, beside the class path entry of module agent. */
  private static Path jar() {
    List<String> entries =
        List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    for (String entry : entries) {
      Path target = Path.of(entry).toAbsolutePath().getParent();
      if (target != null && target.endsWith(Path.of("agent", "target"))) {
        return target.resolve("gkm.jar");
      }
    }
    throw new LabException("module agent is not on the class path: no gkm.jar to run");
  }

  @Override
  public void close() {
    lab.close();
    files.close();
  }
}
