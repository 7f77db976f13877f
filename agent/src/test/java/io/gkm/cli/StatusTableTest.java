package io.gkm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.agent.status.Reports;
import io.gkm.agent.status.StatusReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTableTest {
  private static String print(StatusReport report) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new StatusTable(report).print(out);
    out.flush();
    return text.toString();
  }

  @Test
  void tellsEverything() {
    assertThat(print(Reports.mixed()))
        .isEqualTo(
            """
            gkm 0.1.0, process 4711, running for 2h0m, configuration /etc/gkm/gkm.toml

            controller hq (192.0.2.1): established for 2h0m
              IKE SA 0x0102030405060708 0x1112131415161718, 10.0.0.2:4500 - 192.0.2.1:4500, NAT local
              IKE suite ENCR_AES_GCM_16 256, PRF_HMAC_SHA2_256, CURVE25519, KW_5649_256

              group video (key-id:video), both on eth0: registered for 10m0s, next registration in 40m0s
                allows 0.0.0.0/0 -> 239.1.1.1/32 udp/5000
                limit: SA 0x00000101 is not used
                SPI         DIR     ALGORITHM                                AGE    LEFT   PACKETS  SELECTORS
                0xc0ffee01  in+out  ENCR_AES_GCM_16 256                      10m0s  50m0s  12       0.0.0.0/0 -> 239.1.1.1/32 udp/5000
                0x00000100  in      ENCR_AES_CBC 128+AUTH_HMAC_SHA2_256_128  1m30s  -      -        10.0.0.1/32 -> 239.1.1.1/32 udp/5000

            controller branch (2001:db8::1): idle for 5s, next attempt in 25s
              problem 5s ago: no answer

              group audio (fqdn:audio.example), receiver on eth1: waiting for 1m5s, next registration in 25s
                allows 0.0.0.0/0 -> 239.2.0.0/16
                blocked, in and out, until the group is registered
                problem 5s ago: no answer
            """);
  }

  @Test
  void tellsWhenTheKernelIsOutOfStep() {
    assertThat(print(Reports.outOfStep()))
        .contains("kernel: does not hold what the groups need\n  problem 3s ago: NEWSA: ENOSYS\n");
  }

  @ParameterizedTest
  @CsvSource({"-1,0s", "0,0s", "59,59s", "60,1m0s", "3599,59m59s", "3600,1h0m", "86400,1d0h"})
  void shortensTimes(long seconds, String text) {
    assertThat(StatusTable.text(Duration.ofSeconds(seconds))).isEqualTo(text);
  }
}
