package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ByteWriterTest {
  @Test
  void writesBigEndianFields() {
    ByteWriter out = new ByteWriter();
    out.u8(0xff).u16(0xfffe).u32(0xfffffffdL).u64(-4).octets(Octets.ofHex("0102")).zeros(2);
    assertThat(out.toOctets().toHex()).isEqualTo("fffffefffffffdfffffffffffffffc01020000");
    assertThat(out.size()).isEqualTo(19);
  }

  @Test
  void growsAsNeeded() {
    ByteWriter out = new ByteWriter().zeros(255).u32(0x01020304).bytes(new byte[70000]);
    assertThat(out.toByteArray()).hasSize(70259).startsWith(new byte[255]);
    assertThat(out.toOctets().slice(255, 259)).isEqualTo(Octets.ofHex("01020304"));
  }

  @Test
  void refusesWhatDoesNotFit() {
    ByteWriter out = new ByteWriter();
    assertThatIllegalArgumentException().isThrownBy(() -> out.u8(256));
    assertThatIllegalArgumentException().isThrownBy(() -> out.u8(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> out.u16(65536));
    assertThatIllegalArgumentException().isThrownBy(() -> out.u32(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> out.u32(1L << 32));
    assertThat(out.size()).isZero();
  }

  @Test
  void patchesALengthKnownLater() {
    ByteWriter out = new ByteWriter().u32(0).patchU16(1, 0xabcd);
    assertThat(out.toOctets().toHex()).isEqualTo("00abcd00");
    assertThatIllegalArgumentException().isThrownBy(() -> out.patchU16(0, 65536));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> out.patchU16(3, 1));
  }
}
