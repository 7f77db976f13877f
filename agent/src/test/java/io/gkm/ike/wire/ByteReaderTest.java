package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class ByteReaderTest {
  @Test
  void readsBigEndianFields() throws WireException {
    ByteReader in = Wire.reader("ff fffe fffffffd fffffffffffffffc 0102 aabb");
    assertThat(in.u8("a")).isEqualTo(0xff);
    assertThat(in.u16("b")).isEqualTo(0xfffe);
    assertThat(in.u32("c")).isEqualTo(0xfffffffdL);
    assertThat(in.u64("d")).isEqualTo(-4);
    assertThat(in.octets(2, "e")).isEqualTo(Octets.ofHex("0102"));
    assertThat(in.offset()).isEqualTo(17);
    assertThat(in.remaining()).isEqualTo(2);
    assertThat(in.rest()).isEqualTo(Octets.ofHex("aabb"));
    assertThat(in.hasRemaining()).isFalse();
    in.expectEnd("all");
  }

  @Test
  void refusesToReadBeyondTheEndAndStaysWhereItIs() throws WireException {
    ByteReader in = Wire.reader("010203");
    in.skip(1, "first");
    Wire.refuses(() -> in.u32("number"), "number", 1);
    Wire.refuses(() -> in.u64("number"), "number", 1);
    Wire.refuses(() -> in.octets(3, "value"), "value", 1);
    Wire.refuses(() -> in.skip(-1, "back"), "back", 1);
    Wire.refuses(() -> in.slice(Integer.MAX_VALUE, "huge"), "huge", 1);
    assertThat(in.u16("rest")).isEqualTo(0x0203);
    Wire.refuses(() -> in.u8("octet"), "octet", 3);
  }

  @Test
  void slicesKnowTheirAbsoluteOffset() throws WireException {
    ByteReader in = new ByteReader(Wire.bytes("0102030405"), 100);
    in.skip(1, "first");
    ByteReader slice = in.slice(2, "slice");
    assertThat(in.offset()).isEqualTo(103);
    assertThat(slice.u8("a")).isEqualTo(2);
    assertThat(slice.offset()).isEqualTo(102);
    Wire.refuses(() -> slice.u16("beyond the slice"), "beyond the slice", 102);
    Wire.refuses(() -> slice.expectEnd("slice"), "slice", 102);
  }

  @Test
  void errorsSayWhatIsMissing() {
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> Wire.reader("01").u16("Payload Length"))
        .withMessage("Payload Length at octet 0: needs 2 octets, 1 left");
  }
}
