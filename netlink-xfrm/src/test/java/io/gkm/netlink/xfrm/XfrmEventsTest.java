package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class XfrmEventsTest {
  private static final String KEY = "00112233445566778899aabbccddeeff01020304";

  private final Teller teller = new Teller();
  private final BlockingQueue<XfrmEvent> seen = new LinkedBlockingQueue<>();

  @Test
  void messagesComeAsEventsWithoutKeysAndTheDatagramIsWiped() throws Exception {
    try (XfrmEvents events = XfrmEvents.over(teller, seen::add)) {
      assertThat(events).isNotNull();
      byte[] datagram = datagram(new XfrmNewSa(sa()));
      teller.tell(datagram);
      XfrmNewSa added = (XfrmNewSa) next();
      assertThat(added.sa().id()).isEqualTo(sa().id());
      XfrmKey key = added.sa().aead().orElseThrow().key();
      assertThat(key.isKnown()).isFalse();
      assertThat(key.length()).isEqualTo(20);
      teller.tell(datagram(XfrmFlushPolicies.MAIN));
      assertThat(next()).isEqualTo(XfrmFlushPolicies.MAIN);
      assertThat(datagram).containsOnly(0);
    }
  }

  @Test
  void lostUnreadableAndUnknownMessagesAskForAResync() throws Exception {
    try (XfrmEvents events = XfrmEvents.over(teller, seen::add)) {
      assertThat(events).isNotNull();
      teller.fail(Errno.ENOBUFS);
      assertThat(((XfrmEvent.ResyncNeeded) next()).why()).contains("lost");
      byte[] cut = datagram(new XfrmNewSa(sa()));
      teller.tell(Arrays.copyOf(cut, cut.length - 8));
      assertThat(((XfrmEvent.ResyncNeeded) next()).why()).contains("nlmsg_len");
      byte[] unknown = datagram(XfrmFlushPolicies.MAIN);
      unknown[4] = 99;
      teller.tell(unknown);
      assertThat(((XfrmEvent.ResyncNeeded) next()).why()).contains("99");
      teller.tell(datagram(XfrmFlushPolicies.MAIN));
      assertThat(next()).isEqualTo(XfrmFlushPolicies.MAIN);
    }
  }

  @Test
  void aFailureOfTheWayEndsWithStopped() throws Exception {
    try (XfrmEvents events = XfrmEvents.over(teller, seen::add)) {
      assertThat(events).isNotNull();
      teller.fail(Errno.ENOMEM);
      assertThat(((XfrmEvent.Stopped) next()).why().errno()).isEqualTo(Errno.ENOMEM);
      assertThat(teller.closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aListenerThatFailsIsToldSo() throws Exception {
    RuntimeException defect = new IllegalStateException("listener");
    try (XfrmEvents events =
        XfrmEvents.over(
            teller,
            event -> {
              seen.add(event);
              if (event instanceof XfrmMessage) {
                throw defect;
              }
            })) {
      assertThat(events).isNotNull();
      teller.tell(datagram(XfrmFlushPolicies.MAIN));
      assertThat(next()).isEqualTo(XfrmFlushPolicies.MAIN);
      assertThat(((XfrmEvent.Stopped) next()).why()).hasCause(defect);
    }
  }

  @Test
  void aListenerMayCloseTheEvents() throws Exception {
    AtomicReference<XfrmEvents> events = new AtomicReference<>();
    CountDownLatch opened = new CountDownLatch(1);
    CountDownLatch returned = new CountDownLatch(1);
    events.set(
        XfrmEvents.over(
            teller,
            event -> {
              await(opened);
              seen.add(event);
              events.get().close();
              returned.countDown();
            }));
    opened.countDown();
    teller.tell(datagram(XfrmFlushPolicies.MAIN));
    assertThat(returned.await(10, TimeUnit.SECONDS)).isTrue();
    events.get().close();
    assertThat(seen).hasSize(1);
  }

  @Test
  void anInterruptedCloseStillWaitsForTheListener() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    XfrmEvents events =
        XfrmEvents.over(
            teller,
            event -> {
              inside.countDown();
              await(release);
              seen.add(event);
            });
    teller.tell(datagram(XfrmFlushPolicies.MAIN));
    inside.await();
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread closer =
        new Thread(
            () -> {
              events.close();
              if (Thread.currentThread().isInterrupted() && seen.size() == 1) {
                interrupted.countDown();
              }
            });
    closer.start();
    closer.interrupt();
    release.countDown();
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private XfrmEvent next() throws InterruptedException {
    return seen.poll(20, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] datagram(XfrmMessage message) {
    try (StructWriter out = new StructWriter()) {
      int start = NetlinkMessage.begin(out, message.typeNumber(), 0, 0, 0);
      message.encode(out);
      NetlinkMessage.end(out, start);
      return out.toBytes();
    }
  }

  private static XfrmSa sa() throws Exception {
    XfrmKey key = XfrmKey.copyOf(HexFormat.of().parseHex(KEY));
    return XfrmSa.builder(
            InetAddress.getByName("10.0.0.1"), InetAddress.getByName("239.1.1.1"), 0x01020304)
        .aead(new XfrmAead("rfc4106(gcm(aes))", key, 128))
        .build();
  }

  /** Tells what it is given; a closed one ends the receive. */
  private static final class Teller implements NetlinkTransport {
    private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(100);
    final CountDownLatch closed = new CountDownLatch(1);

    void tell(byte[] datagram) {
      queue.add(datagram);
    }

    void fail(int errno) {
      queue.add(new NetlinkException("netlink receive", errno));
    }

    @Override
    public int portId() {
      return 0;
    }

    @Override
    public void send(ByteBuffer datagram) {
      throw new AssertionError("nothing is sent");
    }

    @Override
    public ByteBuffer receive() throws NetlinkException {
      try {
        Object next = queue.take();
        if (next instanceof NetlinkException failure) {
          throw failure;
        }
        return ByteBuffer.wrap((byte[]) next);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      closed.countDown();
      fail(Errno.EBADF);
    }
  }
}
