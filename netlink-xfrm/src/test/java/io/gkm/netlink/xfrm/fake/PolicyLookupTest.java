package io.gkm.netlink.xfrm.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmMark;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmPolicyType;
import io.gkm.netlink.xfrm.XfrmSelector;
import io.gkm.netlink.xfrm.XfrmSpdInfo;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which policy decides about a packet. */
class PolicyLookupTest {
  private final FakeXfrmKernel fake = new FakeXfrmKernel();
  private final XfrmClient client = XfrmClient.over(fake.connect());
  private final Flow flow = flow("10.1.2.3", "239.1.1.1", 5000);

  @Test
  void theLowestPriorityDecidesWhateverTheOrderAndThePrefix() throws Exception {
    add(selector(8), 30);
    add(selector(32), 20);
    add(selector(16), 10);
    assertThat(decides(flow)).isEqualTo(10);
    client.deletePolicy(out(selector(16)));
    assertThat(decides(flow)).isEqualTo(20);
  }

  @Test
  void prioritiesHaveNoSign() throws Exception {
    add(selector(8), -1);
    add(selector(16), 5);
    assertThat(decides(flow)).isEqualTo(5);
  }

  @Test
  void ofTheSamePriorityTheOldestDecides() throws Exception {
    XfrmSelector first = selector(16);
    add(first, 10);
    add(selector(8), 10);
    assertThat(found()).isEqualTo(first);
    // Replaced without losing it keeps its place.
    client.updatePolicy(XfrmPolicy.bypass(out(first), 10));
    assertThat(found()).isEqualTo(first);
    client.deletePolicy(out(first));
    add(first, 10);
    assertThat(found()).isEqualTo(selector(8));
  }

  @Test
  void selectorsMatchAddressesProtocolAndPorts() throws Exception {
    add(selector(24).with(17, 0, 0, 5000, 0xfff0), 10);
    assertThat(decides(flow)).isEqualTo(10);
    assertThat(decides(flow("10.1.2.3", "239.1.1.200", 5007))).isEqualTo(10);
    assertThat(none(flow("10.1.2.3", "239.1.2.1", 5000))).isTrue();
    assertThat(none(flow("10.1.2.3", "239.1.1.1", 5008))).isTrue();
    assertThat(none(flow("fe80::1", "ff1e::1", 5000))).isTrue();
    assertThat(none(Flow.of(address("10.1.2.3"), 1, address("239.1.1.1"), 5000, 6))).isTrue();
    assertThat(fake.lookup(XfrmDirection.IN, flow)).isEmpty();
  }

  @Test
  void marksAreLookedForUnderTheirMask() throws Exception {
    XfrmPolicyId id =
        XfrmPolicyId.of(selector(32), XfrmDirection.OUT, new XfrmMark(2, 3), OptionalInt.empty());
    client.addPolicy(XfrmPolicy.block(id, 7));
    assertThat(none(flow)).isTrue();
    assertThat(decides(flow.withMark(0x16))).isEqualTo(7);
  }

  @Test
  void theSubDatabaseGoesFirst() throws Exception {
    add(selector(32), 1);
    client.addPolicy(
        XfrmPolicy.block(
            new XfrmPolicyId(
                selector(32),
                XfrmDirection.OUT,
                XfrmMark.NONE,
                OptionalInt.empty(),
                XfrmPolicyType.SUB),
            99));
    assertThat(decides(flow)).isEqualTo(99);
  }

  @Test
  void otherThresholdsChangeNothingButTheKernelsTables() throws Exception {
    add(selector(24), 20);
    add(selector(16), 10);
    client.execute(
        XfrmSpdInfo.of(new XfrmSpdInfo.Thresholds(0, 8), new XfrmSpdInfo.Thresholds(0, 0)));
    assertThat(decides(flow)).isEqualTo(10);
    assertThat(client.spdInfo().counts().orElseThrow().out()).isEqualTo(2);
    client.deletePolicy(out(selector(16)));
    assertThat(decides(flow)).isEqualTo(20);
  }

  private void add(XfrmSelector selector, int priority) throws Exception {
    client.addPolicy(XfrmPolicy.block(out(selector), priority));
  }

  private XfrmSelector found() {
    return fake.lookup(XfrmDirection.OUT, flow).orElseThrow().info().selector();
  }

  private int decides(Flow packet) {
    return fake.lookup(XfrmDirection.OUT, packet).orElseThrow().priority();
  }

  private boolean none(Flow packet) {
    return fake.lookup(XfrmDirection.OUT, packet).isEmpty();
  }

  private static XfrmPolicyId out(XfrmSelector selector) {
    return XfrmPolicyId.of(selector, XfrmDirection.OUT);
  }

  /** To the group, with a prefix so long; the source is one host. */
  private static XfrmSelector selector(int prefix) {
    return XfrmSelector.of(address("10.1.2.3"), 32, address("239.1.1.1"), prefix);
  }

  private static Flow flow(String source, String destination, int port) {
    return Flow.of(address(source), 4000, address(destination), port, 17);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
