package io.gkm.lab.controller;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gkm.ike.Moment;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.CryptoException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The lab key server as a program: real UDP sockets around {@link KeyServer}. */
@Command(
    name = "gkm-lab-controller",
    mixinStandardHelpOptions = true,
    description = "A G-IKEv2 key server for tests and the demo; not for production.")
public final class LabController implements Callable<Integer> {
  private static final int MAX_DATAGRAM = 65535;
  private static final int MULTICAST_TTL = 16;

  @Option(
      names = {"-c", "--config"},
      required = true,
      description = "The configuration file (TOML).")
  private Path config;

  @Option(
      names = "--keys-file",
      description = "Write the keys that are handed out, in clear, to this file (mode 0600).")
  private Path keysFile;

  /** What the keys file holds; null before there is one. */
  private List<HandedOut> writtenKeys;

  /** Runs until it is killed. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new LabController()).execute(args));
  }

  @Override
  public Integer call() throws IOException, CryptoException {
    ControllerSettings settings;
    try {
      settings = ControllerFile.read(config);
    } catch (IllegalArgumentException e) {
      System.err.println("gkm-lab-controller: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    SecureRandom random = new SecureRandom();
    KeyServer server = new KeyServer(settings, random, LabController::say);
    try (Selector selector = Selector.open()) {
      for (int port : ports(settings)) {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(settings.address(), port));
        channel.setOption(
            StandardSocketOptions.IP_MULTICAST_IF,
            NetworkInterface.getByInetAddress(settings.address()));
        channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, MULTICAST_TTL);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
      }
      writeKeys(server);
      say("listening on " + settings.address().getHostAddress() + " ports " + settings.ports());
      while (true) {
        wait(selector, server.deadline());
        List<Datagram> due = server.tick(now());
        writeKeys(server);
        send(selector, due);
        for (SelectionKey key : selector.selectedKeys()) {
          receive(server, (DatagramChannel) key.channel());
        }
        selector.selectedKeys().clear();
      }
    }
  }

  /** Those where it listens, and those that rekeys come from. */
  private static Set<Integer> ports(ControllerSettings settings) {
    Set<Integer> ports = new TreeSet<>(settings.ports());
    settings.groups().forEach(group -> group.rekey().ifPresent(rekey -> ports.add(rekey.port())));
    return ports;
  }

  private static void wait(Selector selector, Optional<Moment> until) throws IOException {
    if (until.isEmpty()) {
      selector.select();
      return;
    }
    long millis = now().until(until.get()).toMillis();
    if (millis > 0) {
      selector.select(millis);
    } else {
      selector.selectNow();
    }
  }

  /** Sends what answers nothing: each datagram from the socket of its port. */
  private static void send(Selector selector, List<Datagram> datagrams) throws IOException {
    for (Datagram datagram : datagrams) {
      for (SelectionKey key : selector.keys()) {
        DatagramChannel channel = (DatagramChannel) key.channel();
        if (datagram.path().local().equals(channel.getLocalAddress())) {
          channel.send(ByteBuffer.wrap(datagram.octets().toByteArray()), datagram.path().remote());
        }
      }
    }
  }

  private void receive(KeyServer server, DatagramChannel channel)
      throws IOException, CryptoException {
    ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM);
    InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
    if (from == null) {
      return;
    }
    byte[] octets = Arrays.copyOf(buffer.array(), buffer.position());
    UdpPath path = new UdpPath((InetSocketAddress) channel.getLocalAddress(), from);
    // The file is there before the answer is: whoever sees a registration finds its keys.
    var answers = server.receive(now(), path, octets);
    writeKeys(server);
    for (Datagram answer : answers) {
      channel.send(ByteBuffer.wrap(answer.octets().toByteArray()), answer.path().remote());
    }
  }

  private void writeKeys(KeyServer server) throws IOException, CryptoException {
    if (keysFile == null) {
      return;
    }
    List<HandedOut> keys = server.handedOut(now());
    if (keys.equals(writtenKeys)) {
      return;
    }
    writtenKeys = keys;
    Path part = keysFile.resolveSibling(keysFile.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, new ObjectMapper().writeValueAsString(keys));
    Files.move(part, keysFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Moment now() {
    return new Moment(System.nanoTime());
  }

  private static void say(String line) {
    System.out.println("gcks: " + line);
    System.out.flush();
  }
}
