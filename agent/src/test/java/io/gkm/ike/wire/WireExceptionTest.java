package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WireExceptionTest {
  @Test
  void saysWhatIsWrongAndWhere() {
    WireException error = new WireException("KE payload", 40, "too short");
    assertThat(error).hasMessage("KE payload at octet 40: too short");
    assertThat(error.field()).isEqualTo("KE payload");
    assertThat(error.offset()).isEqualTo(40);
    assertThat(error.notifyType()).isEqualTo(NotifyType.INVALID_SYNTAX);
    assertThat(error.notifyData()).isEqualTo(Octets.EMPTY);
  }

  @Test
  void mayConcernTheWholeMessage() {
    WireException error = new WireException("GsaPayload", "missing");
    assertThat(error).hasMessage("GsaPayload: missing");
    assertThat(error.offset()).isEqualTo(WireException.NO_OFFSET);
  }

  @Test
  void namesTheCriticalPayloadToThePeer() {
    WireException error = WireException.unsupportedCritical(200, 28);
    assertThat(error).hasMessageContaining("payload(200) at octet 28");
    assertThat(error.notifyType()).isEqualTo(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD);
    assertThat(error.notifyData()).isEqualTo(Octets.ofHex("c8"));
  }

  @Test
  void namesTheVersion() {
    WireException error = WireException.majorVersion(0x31, 17);
    assertThat(error).hasMessage("Version at octet 17: IKE version 3.1, expected 2.0");
    assertThat(error.notifyType()).isEqualTo(NotifyType.INVALID_MAJOR_VERSION);
  }
}
