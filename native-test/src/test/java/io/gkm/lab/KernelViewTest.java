package io.gkm.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelViewTest {
  private static final String CBC =
      """
      src 192.0.2.1 dst 192.0.2.2
      \tproto esp spi 0xf0000101(4026532097) reqid 7(0x00000007) mode transport
      \treplay-window 32 seq 0x00000000 flag  (0x00000000)
      \tauth-trunc hmac(sha256) 0x0001020304050607 (64 bits) 128
      \tenc cbc(aes) 0x00112233445566778899aabbccddeeff (128 bits)
      \tanti-replay context: seq 0x0, oseq 0x0, bitmap 0x00000000
      \tsel src 0.0.0.0/0 dst 239.1.1.1/32 proto udp dport 5000 uid 0
      \tlifetime config:
      \t  limit: soft 5(bytes), hard 6(bytes)
      \t  limit: soft 7(packets), hard 8(packets)
      \tlifetime current:
      \t  1234(bytes), 56(packets)
      \t  add 2026-01-01 00:00:00 use -
      """;
  private static final String GCM =
      """
      src 2001:db8::1 dst ff15::1
      \tproto esp spi 0x00000100(256) reqid 0(0x00000000) mode tunnel
      \treplay-window 0 seq 0x00000000 flag esn (0x10100000)
      \taead rfc4106(gcm(aes)) 0x000102030405060708090a0b0c0d0e0f10111213 (160 bits) 128
      \tlifetime current:
      \t  0(bytes), 0(packets)
      """;

  @Test
  void readsCipherAndIntegrity() {
    KernelSa sa = KernelView.parseStates(CBC).get(0);

    assertThat(sa.spi()).isEqualTo(0xf0000101L);
    assertThat(sa.reqid()).isEqualTo(7);
    assertThat(sa.replayWindow()).isEqualTo(32);
    assertThat(sa.aead()).isEmpty();
    assertThat(sa.encryption())
        .isEqualTo(
            Optional.of(new KernelAlgorithm("cbc(aes)", "00112233445566778899aabbccddeeff", 0)));
    assertThat(sa.integrity())
        .isEqualTo(Optional.of(new KernelAlgorithm("hmac(sha256)", "0001020304050607", 128)));
    assertThat(sa.selector()).isEqualTo("src 0.0.0.0/0 dst 239.1.1.1/32 proto udp dport 5000");
    assertThat(sa.bytes()).isEqualTo(1234);
    assertThat(sa.packets()).isEqualTo(56);
  }

  @Test
  void readsSeveralAndIpv6() {
    List<KernelSa> sas = KernelView.parseStates(CBC + GCM);

    assertThat(sas).hasSize(2);
    KernelSa sa = sas.get(1);
    assertThat(sa.source()).isEqualTo("2001:db8::1");
    assertThat(sa.mode()).isEqualTo("tunnel");
    assertThat(sa.selector()).isEmpty();
    assertThat(sa.aead().orElseThrow().key()).isEqualTo("000102030405060708090a0b0c0d0e0f10111213");
  }

  @Test
  void showsNoKeysByAccident() {
    assertThat(KernelView.parseStates(CBC + GCM).toString())
        .contains("cbc(aes)", "rfc4106(gcm(aes))")
        .doesNotContain("00112233", "00010203");
  }

  @Test
  void nothingIsNoSaAndNonsenseIsAnError() {
    assertThat(KernelView.parseStates("")).isEmpty();
    assertThatThrownBy(() -> KernelView.parseStates("Cannot open netlink socket"))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("netlink socket");
  }
}
