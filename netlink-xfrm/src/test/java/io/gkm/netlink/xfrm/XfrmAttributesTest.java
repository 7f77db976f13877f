package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import org.junit.jupiter.api.Test;

/** How many attributes a message may have: each is compared with all before it. */
class XfrmAttributesTest {
  private static final int FAMILY_IPV4 = 2;
  private static final int UNKNOWN = 1000;

  @Test
  void asManyKindsAsThereMayBe() throws Exception {
    XfrmAttributes read = XfrmAttributes.decode(kinds(XfrmAttributes.MOST), FAMILY_IPV4);
    assertThat(read.unknown()).hasSize(XfrmAttributes.MOST);
  }

  @Test
  void oneKindMoreIsRefused() {
    assertThatThrownBy(() -> XfrmAttributes.decode(kinds(XfrmAttributes.MOST + 1), FAMILY_IPV4))
        .isInstanceOf(NetlinkCodecException.class)
        .hasMessageContaining("attributes")
        .hasMessageContaining("more than " + XfrmAttributes.MOST);
  }

  /** Of one kind there may be any number: the last replaces those before. */
  @Test
  void manyOfOneKindAreOne() throws Exception {
    try (StructWriter out = new StructWriter()) {
      for (int i = 0; i < 16000; i++) {
        out.endAttribute(out.beginAttribute(UNKNOWN));
      }
      assertThat(XfrmAttributes.decode(out.reader(), FAMILY_IPV4).all()).hasSize(1);
    }
  }

  private static StructReader kinds(int count) {
    try (StructWriter out = new StructWriter()) {
      for (int i = 0; i < count; i++) {
        out.endAttribute(out.beginAttribute(UNKNOWN + i));
      }
      return StructReader.of(out.toBytes());
    }
  }
}
