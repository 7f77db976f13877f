package io.gkm.lab;

import io.gkm.netlink.NetworkNamespace;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A host of the lab: a network namespace in which commands and Java code run. */
public final class LabHost {
  private final Lab lab;
  private final String name;
  private final String namespace;
  private int interfaces;

  LabHost(Lab lab, String name, String namespace) {
    this.lab = lab;
    this.name = name;
    this.namespace = namespace;
  }

  /** The name given to it, such as "sender". */
  public String name() {
    return name;
  }

  /** The namespace's name, as in /run/netns. */
  public String namespace() {
    return namespace;
  }

  /** Runs a command in the namespace to its end, within 30 seconds. */
  public ExecResult exec(String... command) {
    return exec(Commands.DEFAULT_LIMIT, command);
  }

  /**
   * Runs a command in the namespace to its end. A command that takes longer is killed and a
   * LabException thrown.
   */
  public ExecResult exec(Duration limit, String... command) {
    lab.apply();
    return Commands.run(inNamespace(List.of(command)), "", limit);
  }

  /**
   * Runs lines of {@code ip -batch} in the namespace; throws a LabException with ip's words if one
   * fails.
   */
  public void ip(String... lines) {
    lab.apply();
    Commands.run(
            List.of("ip", "-n", namespace, "-batch", "-"),
            String.join("\n", lines) + "\n",
            Commands.DEFAULT_LIMIT)
        .orThrow();
  }

  /** Starts a command in the namespace. It is killed when the lab is closed. */
  public LabProcess start(String... command) {
    return start(null, command);
  }

  /**
   * Starts a command in the namespace and copies its output to a file too. It is killed when the
   * lab is closed.
   */
  public LabProcess start(Path log, String... command) {
    lab.apply();
    LabProcess process = LabProcess.start(name, inNamespace(List.of(command)), log);
    lab.register(process);
    return process;
  }

  /** Runs code on a thread of its own in the namespace: sockets that it opens stay there. */
  public <T> T call(Callable<T> code) throws Exception {
    lab.apply();
    return NetworkNamespace.of(namespace).call(code);
  }

  /**
   * The namespace's interface of this name. Its index is right; its list of IPv6 addresses need not
   * be.
   */
  NetworkInterface networkInterface(String interfaceName) throws IOException {
    NetworkInterface found = NetworkInterface.getByName(interfaceName);
    if (found == null) {
      throw new IOException(name + " has no interface " + interfaceName);
    }
    return found;
  }

  List<String> inNamespace(List<String> command) {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    whole.addAll(command);
    return whole;
  }

  Lab lab() {
    return lab;
  }

  int nextInterface() {
    return interfaces++;
  }
}
