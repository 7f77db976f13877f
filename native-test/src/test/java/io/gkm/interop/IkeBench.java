package io.gkm.interop;

import com.sun.management.OperatingSystemMXBean;
import io.gkm.ike.ChildlessSession;
import io.gkm.ike.IkeEffect;
import io.gkm.ike.IkeOptions;
import io.gkm.ike.IkeSession;
import io.gkm.ike.IkeSettings;
import io.gkm.ike.Moment;
import io.gkm.ike.PreSharedKey;
import io.gkm.ike.RetransmitPolicy;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import io.gkm.lab.Lab;
import io.gkm.lab.LabHost;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How much CPU setting up an IKE SA takes: the member's engine at one end, charon at the other, in
 * the same exchanges (IKE_SA_INIT, childless IKE_AUTH with a pre-shared key, Delete), one after the
 * other. Each end makes one key pair, agrees once, and seals and opens as many messages as the
 * other. Whole processes are counted: here the compiler and the garbage collector too.
 *
 * <p>Needs root and strongSwan. No test: it lives here with what drives charon.
 */
public final class IkeBench {
  private static final int WARM_UP = 1500;
  private static final int COUNT = 1000;
  private static final int ROUNDS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int CLOCK_TICKS = 100;

  private record Suite(String name, int keMethod) {}

  private static final List<Suite> SUITES =
      List.of(new Suite("curve25519", 31), new Suite("ecp256", 19), new Suite("modp2048", 14));

  private final SecureRandom random = new SecureRandom();
  private final DatagramChannel channel;
  private final UdpPath path;
  private final IkeSettings settings;
  private final ByteBuffer buffer = ByteBuffer.allocate(65535);

  private IkeBench(DatagramChannel channel, UdpPath path, int keMethod) {
    this.channel = channel;
    this.path = path;
    Proposal proposal =
        new Proposal(
            1,
            ProtocolId.IKE,
            Octets.EMPTY,
            List.of(
                Transform.of(TransformType.ENCR, 20, 256),
                Transform.of(TransformType.PRF, 5),
                Transform.of(TransformType.KE, keMethod)));
    this.settings =
        new IkeSettings(
            path.local().getAddress(),
            path.remote().getAddress(),
            500,
            Identification.parse("fqdn:gm1.example"),
            Identification.parse("fqdn:gcks.example"),
            new PreSharedKey(Secret.copyOf("bench".getBytes(StandardCharsets.US_ASCII))),
            List.of(proposal),
            RetransmitPolicy.STANDARD,
            new IkeOptions(576, 1280, Duration.ZERO, Duration.ZERO));
  }

  public static void main(String[] arguments) throws Exception {
    String missing = Charon.missing();
    if (!missing.isEmpty()) {
      System.err.println("bench: NOT RUN: " + missing);
      System.exit(1);
    }
    try (Lab lab = Lab.create()) {
      LabHost member = lab.host("member");
      LabHost gcks = lab.host("gcks");
      lab.connect(member, lab.bridge("lan"), "192.0.2.10/24");
      lab.connect(gcks, lab.bridge("lan"), "192.0.2.1/24");
      Charon charon = Charon.start(gcks, "", -1);
      InetAddress here = InetAddress.getByName("192.0.2.10");
      UdpPath path = UdpPath.of(here, InetAddress.getByName("192.0.2.1"), 500);
      try (DatagramChannel channel =
          member.call(() -> DatagramChannel.open().bind(new InetSocketAddress(here, 500)))) {
        for (Suite suite : SUITES) {
          charon.load(Charon.preSharedKey("aes256gcm16-prfsha256-" + suite.name(), "", "bench"));
          new IkeBench(channel, path, suite.keMethod()).measure(suite.name(), charon);
        }
      }
    }
  }

  private void measure(String name, Charon charon) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      setUpAndDelete();
    }
    for (int round = 0; round < ROUNDS; round++) {
      long wall = System.nanoTime();
      long ours = ourCpu();
      long theirs = cpu(charon.process().pid());
      for (int i = 0; i < COUNT; i++) {
        setUpAndDelete();
      }
      double oursEach = (ourCpu() - ours) / 1e3 / COUNT;
      double theirsEach = (cpu(charon.process().pid()) - theirs) / 1e3 / COUNT;
      double perSecond = COUNT * 1e9 / (System.nanoTime() - wall);
      say("figure ike-%s-cpu %.0f us (charon %.0f us)", name, oursEach, theirsEach);
      say("figure ike-%s-rate %.0f per-second-both-ends", name, perSecond);
      say("ratio ike-%s-cpu %.2f vs charon", name, theirsEach / oursEach);
    }
  }

  private void setUpAndDelete() throws IOException {
    IkeSession session = ChildlessSession.of(settings, random);
    boolean closing = false;
    List<IkeEffect> effects = session.start(now());
    while (true) {
      for (IkeEffect effect : effects) {
        if (effect instanceof IkeEffect.Send send) {
          channel.send(ByteBuffer.wrap(send.datagram()), send.path().remote());
        } else if (effect instanceof IkeEffect.Closed closed) {
          if (!closing) {
            throw new IllegalStateException(closed.toString());
          }
          return;
        }
      }
      boolean established = effects.stream().anyMatch(e -> e instanceof IkeEffect.Established);
      if (established && !closing) {
        closing = true;
        effects = session.close(now());
      } else {
        effects = session.receive(now(), path, next());
      }
    }
  }

  private byte[] next() throws IOException {
    buffer.clear();
    channel.socket().setSoTimeout((int) LIMIT.toMillis());
    channel.receive(buffer);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static Moment now() {
    return new Moment(System.nanoTime());
  }

  private static long ourCpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** User and system time of a process, in nanoseconds; the kernel counts in hundredths. */
  private static long cpu(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return ticks * (1_000_000_000L / CLOCK_TICKS);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
