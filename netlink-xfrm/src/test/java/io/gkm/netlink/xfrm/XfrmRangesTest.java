package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Numbers that do not fit and addresses that do not belong together are refused, never cut. */
class XfrmRangesTest {
  private static final InetAddress V4 = address("10.0.0.1");
  private static final InetAddress GROUP = address("239.1.1.1");
  private static final InetAddress V6 = address("2001:db8::1");

  @Test
  void numbersThatDoNotFit() {
    refused("264", () -> XfrmSelector.of(V4, 264, GROUP, 32));
    refused("33", () -> XfrmSelector.of(V4, 8, GROUP, 33));
    refused("129", () -> XfrmSelector.of(V6, 129, V6, 128));
    refused("-1", () -> XfrmSelector.of(V4, -1, GROUP, 32));
    refused("273", () -> selector().with(273, 0, 0, 0, 0));
    refused("65541", () -> selector().with(17, 65541, 0xffff, 0, 0));
    refused("65541", () -> selector().with(17, 0, 0, 5, 65541));
    refused("306", () -> XfrmSaId.of(GROUP, 1, 306));
    refused("306", () -> XfrmSa.builder(V4, GROUP, 1).protocol(306).build());
    refused("256", () -> XfrmSa.builder(V4, GROUP, 1).flags(256).build());
    refused("4097", () -> XfrmReplay.window(4097));
    refused("300", () -> XfrmFlushSas.of(300));
    refused("65536", () -> new XfrmEncap(2, 65536, 4500, V4));
    refused("no templates", () -> new XfrmTemplates(List.of()));
    refused("7", () -> new XfrmTemplates(List.of(t(), t(), t(), t(), t(), t(), t())));
    refused("XFRMA_SA_DIR", () -> new XfrmNumber(XfrmAttributeType.SA_DIR, 256));
    refused("XFRMA_IF_ID", () -> new XfrmNumber(XfrmAttributeType.IF_ID, 1L << 32));
    refused("XFRMA_MARK is no number", () -> new XfrmNumber(XfrmAttributeType.MARK, 1));
    refused("need the flag ESN", () -> sa().replay(new XfrmReplay(32, 1L << 32, 0)).build());
  }

  @Test
  void addressesOfDifferentFamilies() {
    refused("different families", () -> XfrmSelector.of(V4, 8, V6, 128));
    refused("different families", () -> XfrmSa.builder(V6, GROUP, 1).build());
    refused("different families", () -> XfrmTemplate.esp(V6, GROUP, 1));
    refused("different families", () -> new XfrmAddressFilter(V4, 0, V6, 0));
    refused("different families", () -> new XfrmKeyManagerAddress(V4, V6));
  }

  @Test
  void aSelectorOfEitherFamilyIsItsOwnKind() throws Exception {
    XfrmSelector any = XfrmSelector.unspecified(V4);
    assertThat(any).isNotEqualTo(XfrmSelector.any(V4));
    try (StructWriter out = new StructWriter()) {
      any.encode(out);
      assertThat(out.toBytes()).containsOnly(0);
      assertThat(XfrmSelector.decode(out.reader())).isEqualTo(any);
    }
  }

  @Test
  void aNameThatDoesNotFitIsNotSent() {
    XfrmSa sa = sa().aead(new XfrmAead("x".repeat(64), XfrmKey.copyOf(new byte[4]), 64)).build();
    refused("does not fit", () -> new XfrmNewSa(sa).encode(new StructWriter()));
  }

  /** What the constructors refuse is a malformed message where it comes from the kernel. */
  @Test
  void aMessageWithSuchNumbersIsMalformed() {
    byte[] octets = encoded(new XfrmNewSa(sa().build()));
    octets[42] = 40;
    malformed(XfrmMessageType.NEWSA, octets);
    byte[] family = encoded(new XfrmNewSa(sa().build()));
    family[212] = 99;
    malformed(XfrmMessageType.NEWSA, family);
    byte[] action = encoded(new XfrmNewPolicy(XfrmPolicy.block(id(), 1)));
    action[161] = 9;
    malformed(XfrmMessageType.NEWPOLICY, action);
  }

  private static void malformed(XfrmMessageType type, byte[] octets) {
    assertThatThrownBy(() -> XfrmMessage.decode(type, false, StructReader.of(octets)))
        .isInstanceOf(NetlinkCodecException.class);
  }

  private static byte[] encoded(XfrmMessage message) {
    try (StructWriter out = new StructWriter()) {
      message.encode(out);
      return out.toBytes();
    }
  }

  private static void refused(String what, ThrowingCallable code) {
    assertThatThrownBy(code)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what);
  }

  private static XfrmSelector selector() {
    return XfrmSelector.of(V4, 8, GROUP, 32);
  }

  private static XfrmPolicyId id() {
    return XfrmPolicyId.of(selector(), XfrmDirection.OUT);
  }

  private static XfrmTemplate t() {
    return XfrmTemplate.esp(V4, GROUP, 1);
  }

  private static XfrmSaBuilder sa() {
    return XfrmSa.builder(V4, GROUP, 1).selector(selector());
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(text, e);
    }
  }
}
