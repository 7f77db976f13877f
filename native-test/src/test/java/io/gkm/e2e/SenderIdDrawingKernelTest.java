package io.gkm.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.dataplane.iv.DrawingException;
import io.gkm.dataplane.iv.DrawingLimits;
import io.gkm.dataplane.iv.DrawingWatcher;
import io.gkm.dataplane.iv.DrawnSa;
import io.gkm.dataplane.iv.SenderId;
import io.gkm.dataplane.iv.SenderIdDrawing;
import io.gkm.lab.Capture;
import io.gkm.lab.CapturedPacket;
import io.gkm.lab.DatagramFlow;
import io.gkm.lab.KernelSa;
import io.gkm.lab.KernelView;
import io.gkm.lab.Lab;
import io.gkm.lab.LabBridge;
import io.gkm.lab.LabHost;
import io.gkm.lab.MulticastReceiver;
import io.gkm.lab.Traffic;
import io.gkm.netlink.NetworkNamespace;
import io.gkm.netlink.xfrm.XfrmLifetime;
import io.gkm.netlink.xfrm.XfrmSa;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SAs with Sender-IDs in their IVs, drawn from a real kernel; what is on the wire is recorded from
 * before the drawing.
 */
@Tag("kernel")
class SenderIdDrawingKernelTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int REQID = 77;
  private static final int WAY = 78;
  private static final int SPI = 0x00c0ffee;

  /** What queues and captures surely hold. */
  private static final int BURST = 50;

  private Lab lab;
  private LabHost one;
  private LabHost other;
  private LabHost receiver;
  private LabBridge wire;

  @BeforeEach
  void twoSendersAndAReceiver() {
    lab = Lab.create();
    one = lab.host("one");
    other = lab.host("other");
    receiver = lab.host("receiver");
    wire = lab.bridge("wire");
    lab.connect(one, wire, "10.9.0.2/24", "fd09::2/64");
    lab.connect(other, wire, "10.9.0.3/24", "fd09::3/64");
    lab.connect(receiver, wire, "10.9.0.4/24", "fd09::4/64");
    lab.apply();
  }

  @AfterEach
  void closeLab() {
    lab.close();
  }

  /** One key, one SPI, no IV twice, all with the sender's Sender-ID, no probe on the wire. */
  @ParameterizedTest
  @Tag("GM-26")
  @CsvSource({
    "239.1.1.1, transport, 8",
    "239.1.1.1, tunnel, 8",
    "239.1.1.1, transport, 12",
    "ff15::1, transport, 12",
    "ff15::1, tunnel, 8",
  })
  void twoSendersShareAKey(String group, String mode, int bits) throws Exception {
    int each = 1000;
    DatagramFlow flow = DatagramFlow.to(group, 5000, "one");
    GroupSas sas = new GroupSas(group, mode, "gcm");
    Capture onTheWire = Capture.start(lab, wire, CapturedPacket::isEsp);
    sas.receive(receiver, SPI);
    MulticastReceiver application = MulticastReceiver.join(receiver, flow);

    DrawnSa first = draw(one, sas.sa(one, SPI, REQID), new SenderId(1, bits));
    DrawnSa second = draw(other, sas.sa(other, SPI, REQID), new SenderId(2, bits));
    assertThat(onTheWire.packets()).isEmpty();
    assertNothingLeft(one, 1);
    sas.protect(one, REQID);
    sas.protect(other, REQID);
    for (int i = 0; i < each; i += BURST) {
      Traffic.send(one, flow, i, BURST, Duration.ZERO);
      Traffic.send(other, flow.withMarker("other"), i, BURST, Duration.ZERO);
      application.awaitCount(2 * (i + BURST), SOON);
      awaitPackets(onTheWire, 2 * (i + BURST));
    }

    List<CapturedPacket> packets = onTheWire.stop();
    assertThat(packets).hasSize(2 * each).allMatch(packet -> packet.espSpi() == SPI);
    assertIvs(packets, sas.address(one), first, each);
    assertIvs(packets, sas.address(other), second, each);
    Set<Long> ivs = new HashSet<>();
    packets.forEach(packet -> ivs.add(iv(packet)));
    assertThat(ivs).hasSize(2 * each);
    assertThat(application.sequences("one")).hasSize(each).doesNotHaveDuplicates();
    assertThat(application.sequences("other")).hasSize(each).doesNotHaveDuplicates();
  }

  @Test
  void sixteenBitsTakeSecondsAndSaySo() throws Exception {
    GroupSas sas = new GroupSas("239.1.1.1", "transport", "gcm");
    Capture onTheWire = Capture.start(lab, wire, CapturedPacket::isEsp);
    DrawnSa drawn = draw(one, sas.sa(one, SPI, REQID), new SenderId(0xabcd, 16));
    sas.protect(one, REQID);
    DatagramFlow flow = DatagramFlow.to("239.1.1.1", 5000, "one");
    for (int i = 0; i < 1000; i += BURST) {
      Traffic.send(one, flow, i, BURST, Duration.ZERO);
      awaitPackets(onTheWire, i + BURST);
    }
    assertIvs(onTheWire.stop(), sas.address(one), drawn, 1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcm", "ccm", "chacha", "ctr", "gmac"})
  void everyCounterModeCanBeDrawn(String algorithm) throws Exception {
    GroupSas sas = new GroupSas("239.1.1.1", "transport", algorithm);
    Capture onTheWire = Capture.start(lab, wire, CapturedPacket::isEsp);
    sas.receive(receiver, SPI);
    DatagramFlow flow = DatagramFlow.to("239.1.1.1", 5000, "one");
    MulticastReceiver application = MulticastReceiver.join(receiver, flow);
    DrawnSa drawn = draw(one, sas.sa(one, SPI, REQID), new SenderId(7, 8));
    sas.protect(one, REQID);
    Traffic.send(one, flow, 50);
    application.awaitCount(50, SOON);
    assertIvs(onTheWire.stop(), sas.address(one), drawn, 50);
  }

  /** The IVs of CBC are different for each packet: nothing can be drawn there, nor needs to be. */
  @Test
  void aModeWithoutAFixedMaskIsNotDrawn() {
    GroupSas sas = new GroupSas("239.1.1.1", "transport", "cbc");
    assertThatThrownBy(() -> draw(one, sas.sa(one, SPI, REQID), new SenderId(7, 8)))
        .isInstanceOf(DrawingException.class)
        .hasMessageContaining("fixed mask");
    assertNothingLeft(one, 0);
  }

  @Test
  void theSaEndsAtItsPacketLimit() throws Exception {
    GroupSas sas = new GroupSas("239.1.1.1", "transport", "gcm");
    XfrmSa wanted =
        sas.sa(one, SPI, REQID).toBuilder()
            .lifetime(new XfrmLifetime(-1, -1, -1, 100, 0, 0, 0, 0))
            .build();
    DrawnSa drawn = draw(one, wanted, new SenderId(3, 8));
    sas.protect(one, REQID);
    Capture onTheWire = Capture.start(lab, wire, packet -> packet.isEsp() || packet.isUdp());
    Traffic.trySend(one, DatagramFlow.to("239.1.1.1", 5000, "one"), 0, 150, Duration.ZERO);
    Traffic.send(one, DatagramFlow.to("239.1.1.2", 5000, "control"), 1);
    onTheWire.awaitPacket(packet -> packet.shows("control"), SOON);
    List<CapturedPacket> packets =
        onTheWire.stop().stream().filter(packet -> !packet.shows("control")).toList();
    assertThat(packets).allMatch(CapturedPacket::isEsp);
    assertIvs(packets, sas.address(one), drawn, 100);
  }

  /** Without limits of its own the kernel has the one that keeps IVs from coming again. */
  @Test
  void theKernelHasTheLimitOfAllSequenceNumbersAndTheLifetime() throws Exception {
    GroupSas sas = new GroupSas("239.1.1.1", "transport", "gcm");
    XfrmSa wanted =
        sas.sa(one, SPI, REQID).toBuilder().lifetime(XfrmLifetime.ofSeconds(900, 1000)).build();
    draw(one, wanted, new SenderId(3, 8));
    KernelSa sa = KernelView.sas(one).get(0);
    assertThat(sa.packets()).isZero();
    assertThat(sa.bytes()).isZero();
    assertThat(KernelView.states(one))
        .contains("soft 4026531838(packets), hard 4294967293(packets)")
        .containsPattern("expire add: soft (899|8[89]\\d)\\(sec\\), hard (999|99\\d)\\(sec\\)")
        .contains("oseq 0x0");
  }

  /**
   * A rekey: what is sent meanwhile goes on with the old SA and nothing goes with one that is
   * tried.
   */
  @Test
  void trafficGoesOnWhileTheNextSaIsDrawn() throws Exception {
    GroupSas sas = new GroupSas("239.1.1.1", "transport", "gcm");
    DatagramFlow flow = DatagramFlow.to("239.1.1.1", 5000, "one");
    Capture onTheWire = Capture.start(lab, wire, CapturedPacket::isEsp);
    DrawnSa old = draw(one, sas.sa(one, SPI, REQID), new SenderId(5, 8));
    sas.protect(one, REQID);
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Integer> sent =
        CompletableFuture.supplyAsync(
            () -> {
              int count = 0;
              while (!enough.get()) {
                Traffic.send(one, flow, count, 10, Duration.ofMillis(1));
                count += 10;
              }
              return count;
            });
    awaitPackets(onTheWire, 10);
    GroupSas next = sas.withOtherKey();
    DrawnSa drawn = draw(one, next.sa(one, SPI + 1, REQID + 2), new SenderId(5, 12));
    int before = onTheWire.packets().size();
    next.protectInstead(one, REQID + 2);
    awaitPackets(onTheWire, before + 200);
    enough.set(true);
    int count = sent.get();
    awaitPackets(onTheWire, count);
    List<CapturedPacket> packets = onTheWire.stop();
    assertThat(packets).hasSize(count);
    List<CapturedPacket> first = packets.stream().filter(p -> p.espSpi() == SPI).toList();
    List<CapturedPacket> second = packets.stream().filter(p -> p.espSpi() == SPI + 1).toList();
    assertThat(second).isNotEmpty();
    assertIvs(first, sas.address(one), old, first.size());
    assertIvs(second, sas.address(one), drawn, count - first.size());
  }

  @Test
  void oneThatIsStoppedLeavesNothing() {
    GroupSas sas = new GroupSas("239.1.1.1", "transport", "gcm");
    DrawingWatcher impatient =
        new DrawingWatcher() {
          private int asked;

          @Override
          public boolean goesOn() {
            return ++asked < 3;
          }
        };
    assertThatThrownBy(
            () -> draw(one, sas.sa(one, SPI, REQID), new SenderId(1, 16), limits(60), impatient))
        .isInstanceOf(DrawingException.class)
        .hasMessageContaining("stopped");
    assertNothingLeft(one, 0);
  }

  @Test
  void oneThatTakesTooLongLeavesNothing() {
    GroupSas sas = new GroupSas("239.1.1.1", "transport", "gcm");
    assertThatThrownBy(
            () ->
                draw(
                    one,
                    sas.sa(one, SPI, REQID),
                    new SenderId(1, 16),
                    limits(0),
                    DrawingWatcher.NONE))
        .isInstanceOf(DrawingException.class)
        .hasMessageContaining("was not drawn");
    assertNothingLeft(one, 0);
  }

  @Test
  void anSaThatIsThereStaysAndIsToldOf() {
    GroupSas sas = new GroupSas("239.1.1.1", "transport", "gcm");
    sas.receive(one, SPI);
    String before = KernelView.states(one);
    assertThatThrownBy(() -> draw(one, sas.sa(one, SPI, REQID), new SenderId(1, 8)))
        .isInstanceOf(DrawingException.class)
        .hasMessageContaining("EEXIST");
    assertThat(KernelView.states(one)).isEqualTo(before);
  }

  /** What a process that was killed leaves: the second SA and the dropping route. */
  @Test
  void whatAKilledOneHasLeftIsNoObstacle() throws Exception {
    GroupSas sas = new GroupSas("239.1.1.1", "transport", "gcm");
    one.ip(
        "route add blackhole 203.0.113.254/32",
        "xfrm state add src 0.0.0.0 dst 203.0.113.254 proto esp spi "
            + WAY
            + " reqid 78 mode tunnel auth-trunc hmac(sha256) 0x"
            + "00".repeat(32)
            + " 128 enc ecb(cipher_null) \"\"");
    draw(one, sas.sa(one, SPI, REQID), new SenderId(1, 8));
    assertNothingLeft(one, 1);
  }

  private static DrawnSa draw(LabHost host, XfrmSa wanted, SenderId id) throws DrawingException {
    DrawnSa drawn = draw(host, wanted, id, DrawingLimits.STANDARD, DrawingWatcher.NONE);
    System.out.printf("drawn %s: %d tries, %d ms%n", id, drawn.tries(), drawn.elapsed().toMillis());
    return drawn;
  }

  private static DrawnSa draw(
      LabHost host, XfrmSa wanted, SenderId id, DrawingLimits limits, DrawingWatcher watcher)
      throws DrawingException {
    try {
      return SenderIdDrawing.in(NetworkNamespace.of(host.namespace()))
          .draw(wanted, id, WAY, limits, watcher);
    } finally {
      wanted.wipe();
    }
  }

  private static DrawingLimits limits(int seconds) {
    return new DrawingLimits(Duration.ofSeconds(seconds), 16);
  }

  private static void assertNothingLeft(LabHost host, int sas) {
    assertThat(KernelView.sas(host)).hasSize(sas);
    assertThat(host.exec("ip", "-br", "link").stdout()).doesNotContain("gkm");
    for (String family : List.of("-4", "-6")) {
      assertThat(host.exec("ip", family, "route", "show", "table", "all").stdout())
          .doesNotContain("203.0.113.254", "100::fffe", "blackhole");
    }
  }

  private static void assertIvs(
      List<CapturedPacket> packets, String source, DrawnSa drawn, int count) {
    List<CapturedPacket> sent =
        packets.stream().filter(p -> p.source().getHostAddress().equals(source)).toList();
    assertThat(sent)
        .extracting(CapturedPacket::espSequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
    assertThat(sent).allMatch(packet -> drawn.senderId().isIn(iv(packet)));
    assertThat(sent).allMatch(packet -> drawn.ivs().iv(packet.espSequence()) == iv(packet));
  }

  private static long iv(CapturedPacket packet) {
    return packet.payload().getLong(8);
  }

  private static void awaitPackets(Capture capture, int count) throws InterruptedException {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (capture.packets().size() < count) {
      assertThat(System.nanoTime()).as("the wait for %d packets", count).isLessThan(deadline);
      Thread.sleep(10);
    }
  }
}
