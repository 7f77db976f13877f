package io.gkm.dataplane.iv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmAead;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmKey;
import io.gkm.netlink.xfrm.XfrmLifetime;
import io.gkm.netlink.xfrm.XfrmNewAe;
import io.gkm.netlink.xfrm.XfrmReplay;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.fake.FakeXfrmKernel;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search over a kernel without packets; what its SAs would send is the test's. */
class SearchTest {
  private static final SenderId ID = new SenderId(5, 8);
  private static final long RIGHT = 0x05a1b2c3d4e5f607L;
  private static final long WRONG = 0x06a1b2c3d4e5f607L;

  private final FakeXfrmKernel kernel = new FakeXfrmKernel();
  private final XfrmClient client = XfrmClient.over(kernel.connect());
  private final List<String> heard = new ArrayList<>();
  private XfrmSa wanted;
  private long time;

  @BeforeEach
  void anSa() throws Exception {
    wanted = sa(0);
  }

  private static XfrmSa sa(int window) throws Exception {
    InetAddress group = InetAddress.getByName("239.1.1.1");
    return XfrmSa.builder(InetAddress.getByName("0.0.0.0"), group, 0xc0ffee)
        .reqid(77)
        .lifetime(XfrmLifetime.ofSeconds(90, 100))
        .replay(XfrmReplay.window(window))
        .aead(new XfrmAead("rfc4106(gcm(aes))", XfrmKey.copyOf(new byte[20]), 128))
        .build();
  }

  @AfterEach
  void close() {
    client.close();
  }

  /** What comes for one packet after the other; the last for ever. */
  private final class Script implements Probe {
    private final List<Optional<Long>> masks;
    private int next;

    Script(List<Optional<Long>> masks) {
      this.masks = masks;
    }

    @Override
    public Optional<ProbePacket> send(long sequence) {
      time += 1_000_000;
      Optional<Long> mask = masks.get(Math.min(next++, masks.size() - 1));
      return mask.map(m -> new ProbePacket(sequence, m ^ sequence));
    }

    @Override
    public String trouble() {
      return "nothing comes";
    }
  }

  private Search search(List<Optional<Long>> masks, DrawingWatcher watcher) {
    return new Search(
        client,
        new Script(masks),
        new Candidate(wanted),
        ID,
        new DrawingLimits(Duration.ofSeconds(30), 4),
        watcher,
        () -> time);
  }

  private DrawingWatcher listener() {
    return new DrawingWatcher() {
      @Override
      public void stillDrawing(SenderId senderId, long tries, Duration elapsed) {
        heard.add("still after " + elapsed.toSeconds() + " s");
      }

      @Override
      public void found(SenderId senderId) {
        heard.add("found " + senderId);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 32, 64})
  void theFirstThatHasTheSenderIdStaysAndBeginsAnew(int window) throws Exception {
    wanted = sa(window);
    DrawnSa drawn =
        search(List.of(Optional.of(WRONG), Optional.of(WRONG), Optional.of(RIGHT)), listener())
            .run();
    assertThat(drawn.tries()).isEqualTo(3);
    assertThat(drawn.ivs()).isEqualTo(new KernelIvs(RIGHT));
    assertThat(heard).containsExactly("found 5 (8 bits)");
    assertThat(client.dumpSas())
        .singleElement()
        .satisfies(
            sa -> {
              assertThat(sa.id()).isEqualTo(wanted.id());
              assertThat(sa.reqid()).isEqualTo(77);
              assertThat(sa.replay()).isEqualTo(XfrmReplay.window(window));
              assertThat(sa.usage().packets()).isZero();
              assertThat(sa.lifetime().hardPackets()).isEqualTo(KernelIvs.HARD_PACKETS);
              assertThat(sa.lifetime().softPackets()).isEqualTo(KernelIvs.SOFT_PACKETS);
              // The search took less than a second, of which the kernel knows nothing smaller.
              assertThat(sa.lifetime().softAddSeconds()).isEqualTo(89);
              assertThat(sa.lifetime().hardAddSeconds()).isEqualTo(99);
            });
  }

  @Test
  void oneThatIsTriedCanSendTwoPacketsAndEndsBySoon() {
    XfrmSa tried = new Candidate(wanted).tried();
    assertThat(tried.replay().outSequence()).isEqualTo(0xfffffffdL);
    assertThat(tried.lifetime()).isEqualTo(XfrmLifetime.ofSeconds(0, 20));
  }

  /** A packet of an SA that is gone may come late: the next one tells. */
  @Test
  void oneThatIsNotConfirmedIsNotTaken() throws Exception {
    DrawnSa drawn =
        search(
                List.of(
                    Optional.of(RIGHT),
                    Optional.of(WRONG),
                    Optional.of(RIGHT),
                    Optional.empty(),
                    Optional.of(RIGHT + 1)),
                listener())
            .run();
    assertThat(drawn.tries()).isEqualTo(3);
    assertThat(drawn.ivs()).isEqualTo(new KernelIvs(RIGHT + 1));
  }

  @Test
  void lostPacketsAreForgivenForAWhile() throws Exception {
    List<Optional<Long>> masks = new ArrayList<>(List.of(Optional.empty(), Optional.empty()));
    masks.add(Optional.of(WRONG));
    masks.addAll(List.of(Optional.empty(), Optional.empty(), Optional.empty()));
    masks.add(Optional.of(RIGHT));
    assertThat(search(masks, listener()).run().tries()).isEqualTo(7);
    client.deleteSa(wanted.id());
    assertThatThrownBy(() -> search(List.of(Optional.empty()), listener()).run())
        .isInstanceOf(DrawingException.class)
        .hasMessageContaining("nothing comes");
    assertThat(client.dumpSas()).isEmpty();
  }

  @Test
  void itReportsEachSecondAndEndsInTime() throws Exception {
    assertThatThrownBy(() -> search(List.of(Optional.of(WRONG)), listener()).run())
        .isInstanceOf(DrawingException.class)
        .hasMessageContaining("was not drawn");
    assertThat(client.dumpSas()).isEmpty();
    assertThat(heard).hasSizeBetween(25, 30).startsWith("still after 1 s", "still after 2 s");
  }

  @Test
  void whereTheNumbersCannotBeSetBackNothingStaysAndTheSenderIdCountsAsUsed() throws Exception {
    kernel.refuse(request -> request instanceof XfrmNewAe, Errno.EINVAL, "no");
    assertThatThrownBy(() -> search(List.of(Optional.of(RIGHT)), listener()).run())
        .isInstanceOf(XfrmException.class);
    assertThat(heard).containsExactly("found 5 (8 bits)");
    assertThat(client.dumpSas()).isEmpty();
  }

  @Test
  void anSaThatIsThereStays() throws Exception {
    client.addSa(wanted);
    assertThatThrownBy(() -> search(List.of(Optional.of(RIGHT)), listener()).run())
        .isInstanceOf(XfrmException.class)
        .hasMessageContaining("EEXIST");
    assertThat(client.dumpSas()).hasSize(1);
  }
}
