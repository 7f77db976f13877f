package io.gkm.netlink.xfrm.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.NetlinkTransport;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import io.gkm.netlink.xfrm.XfrmAddressFilter;
import io.gkm.netlink.xfrm.XfrmAe;
import io.gkm.netlink.xfrm.XfrmAead;
import io.gkm.netlink.xfrm.XfrmAllocateSpi;
import io.gkm.netlink.xfrm.XfrmDeletePolicy;
import io.gkm.netlink.xfrm.XfrmDeleteSa;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmDumpSas;
import io.gkm.netlink.xfrm.XfrmExpire;
import io.gkm.netlink.xfrm.XfrmGetAe;
import io.gkm.netlink.xfrm.XfrmKey;
import io.gkm.netlink.xfrm.XfrmMark;
import io.gkm.netlink.xfrm.XfrmMessage;
import io.gkm.netlink.xfrm.XfrmNewPolicy;
import io.gkm.netlink.xfrm.XfrmNewSa;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyExpire;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmReplay;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSelector;
import io.gkm.netlink.xfrm.XfrmTemplate;
import io.gkm.netlink.xfrm.XfrmUpdatePolicy;
import io.gkm.netlink.xfrm.XfrmUpdateSa;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the fake kernel answers as a kernel does: it never fails itself. */
class HostileRequestsTest {
  private static final int ROUNDS = 5_000;

  private final FakeXfrmKernel fake = new FakeXfrmKernel();
  private final NetlinkTransport port = fake.connect();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void changedRequestsAreAnsweredAndLeaveUsableDatabases(long seed) throws Exception {
    Random random = new Random(seed);
    List<XfrmMessage> requests = requests();
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] octets = encode(requests.get(random.nextInt(requests.size())), i);
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        octets[4 + random.nextInt(octets.length - 4)] = (byte) random.nextInt();
      }
      port.send(ByteBuffer.wrap(octets));
      refused += answers();
      if (i % 100 == 0) {
        fake.advance(Duration.ofSeconds(random.nextInt(40)));
      }
    }
    assertThat(refused).isPositive();
  }

  /** Reads all answers; how many refuse. */
  private int answers() throws NetlinkException {
    int refused = 0;
    while (true) {
      ByteBuffer datagram;
      try {
        datagram = port.receive();
      } catch (NetlinkException e) {
        assertThat(e.errno()).isEqualTo(Errno.EAGAIN);
        return refused;
      }
      StructReader in = StructReader.of(datagram);
      while (in.remaining() > 0) {
        NetlinkMessage message = NetlinkMessage.decode(in);
        refused +=
            message.type() == NetlinkMessage.ERROR && message.payload().s32("error") != 0 ? 1 : 0;
      }
    }
  }

  private byte[] encode(XfrmMessage request, int sequence) {
    int dump = request instanceof XfrmDumpSas ? NetlinkMessage.F_DUMP : 0;
    int flags = NetlinkMessage.F_REQUEST | NetlinkMessage.F_ACK | request.flags() | dump;
    try (StructWriter out = new StructWriter()) {
      int start = NetlinkMessage.begin(out, request.typeNumber(), flags, sequence, port.portId());
      request.encode(out);
      NetlinkMessage.end(out, start);
      return out.toBytes();
    }
  }

  private static List<XfrmMessage> requests() throws Exception {
    InetAddress any = InetAddress.getByName("0.0.0.0");
    InetAddress group = InetAddress.getByName("239.1.1.1");
    XfrmAead gcm = new XfrmAead("rfc4106(gcm(aes))", XfrmKey.copyOf(new byte[20]), 128);
    XfrmSa sa =
        XfrmSa.builder(any, group, 1)
            .selector(XfrmSelector.unspecified(any))
            .aead(gcm)
            .mark(new XfrmMark(1, 1))
            .replay(XfrmReplay.window(64))
            .build();
    XfrmPolicyId id = XfrmPolicyId.of(XfrmSelector.of(any, 0, group, 32), XfrmDirection.OUT);
    XfrmPolicy policy = XfrmPolicy.protect(id, 1, XfrmTemplate.esp(any, group, 1));
    XfrmSa wanted = XfrmSa.builder(any, group, 0).build();
    return List.of(
        new XfrmNewSa(sa),
        new XfrmUpdateSa(sa),
        new XfrmAllocateSpi(wanted, 1, 100),
        new XfrmGetAe(XfrmAe.of(sa.id(), 15)),
        new XfrmExpire(sa, true),
        XfrmDeleteSa.of(sa.id()),
        XfrmDumpSas.of(XfrmAddressFilter.to(group, 4)),
        new XfrmNewPolicy(policy),
        new XfrmUpdatePolicy(policy),
        new XfrmPolicyExpire(policy, false),
        XfrmDeletePolicy.of(id));
  }
}
