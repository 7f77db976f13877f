package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.net.InetAddress;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Whoever prints a value, or makes JSON of it without looking, prints no key. */
class SecretsTest {
  private static final byte[] KEY = HexFormat.of().parseHex("c0ffee00112233445566778899aabbccdd");

  @Test
  void noKeyInTextOrJson() throws Exception {
    XfrmKey key = XfrmKey.copyOf(KEY);
    XfrmSa sa =
        XfrmSa.builder(address(10), address(11), 7)
            .aead(new XfrmAead("aead", key, 128))
            .encryption(new XfrmEncryption("cipher", key))
            .authentication(new XfrmAuthTrunc("integrity", key, 128))
            .attribute(new XfrmAuth("old", key))
            .attribute(new XfrmCompression("comp", key))
            .attribute(new XfrmRawAttribute(99, KEY))
            .build();
    List<Object> values =
        List.of(
            sa,
            new XfrmNewSa(sa),
            new XfrmExpire(sa, true),
            new XfrmDeleteSa(sa.id(), sa.attributes()),
            sa.attributes().all());
    ObjectMapper json = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    for (Object value : values) {
      hidden(value.toString());
      hidden(json.writeValueAsString(value));
    }
    hidden(json.writeValueAsString(key));
  }

  @Test
  void withoutKeysNothingIsLeft() throws Exception {
    XfrmSa sa =
        XfrmSa.builder(address(10), address(11), 7)
            .aead(new XfrmAead("aead", XfrmKey.copyOf(KEY), 128))
            .attribute(new XfrmRawAttribute(99, KEY))
            .build();
    XfrmSa bare = sa.withoutKeys();
    assertThat(bare.aead().orElseThrow().key().isKnown()).isFalse();
    assertThat(bare.attributes().unknown().get(0).toArray()).hasSize(KEY.length).containsOnly(0);
    sa.wipe();
    assertThat(sa.aead().orElseThrow().key().isKnown()).isFalse();
    assertThat(sa.attributes().unknown().get(0).toArray()).containsOnly(0);
  }

  private static void hidden(String text) {
    assertThat(text.toLowerCase(Locale.ROOT))
        .doesNotContain("c0ffee")
        .doesNotContain(
            Base64.getEncoder().encodeToString(KEY).substring(0, 12).toLowerCase(Locale.ROOT))
        .doesNotContain("-64, -1, -18")
        .doesNotContain("-64,-1,-18");
  }

  private static InetAddress address(int last) throws Exception {
    return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
  }
}
