package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NotifyPayloadTest {
  @Test
  @Tag("GM-37")
  void decodesGroupSender() throws WireException {
    NotifyPayload notify = (NotifyPayload) Wire.decode(PayloadType.NOTIFY, "0000402d00000001");
    assertThat(notify)
        .isEqualTo(NotifyPayload.of(NotifyType.GROUP_SENDER, Octets.ofHex("00000001")));
    assertThat(notify.isError()).isFalse();
    assertThat(Wire.encode(notify)).isEqualTo("0000402d00000001");
  }

  @Test
  void decodesUseTransportMode() throws WireException {
    assertThat(Wire.decode(PayloadType.NOTIFY, "00004007"))
        .isEqualTo(NotifyPayload.of(NotifyType.USE_TRANSPORT_MODE));
  }

  @Test
  void decodesAnSpiBeforeTheData() throws WireException {
    NotifyPayload notify = (NotifyPayload) Wire.decode(PayloadType.NOTIFY, "0304002c01020304ff");
    assertThat(notify)
        .isEqualTo(
            new NotifyPayload(
                ProtocolId.ESP,
                Octets.ofHex("01020304"),
                NotifyType.CHILD_SA_NOT_FOUND,
                Octets.ofHex("ff")));
    assertThat(notify.isError()).isTrue();
    assertThat(Wire.encode(notify)).isEqualTo("0304002c01020304ff");
  }

  @Test
  void refusesMissingParts() {
    Wire.refuses(PayloadType.NOTIFY, "000040", "Notify Message Type", 2);
    Wire.refuses(PayloadType.NOTIFY, "03040001010203", "Notify SPI", 4);
  }
}
