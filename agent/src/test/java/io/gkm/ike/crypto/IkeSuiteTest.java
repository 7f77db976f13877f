package io.gkm.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IkeSuiteTest {
  @ParameterizedTest
  @CsvSource({
    "20,128,5,0,31,3,   20,0,32",
    "20,256,6,0,20,2,   36,0,48",
    "20,256,7,0,14,1,   36,0,64",
    "28,0,5,0,31,3,     36,0,32",
    "12,128,5,12,19,1,  16,32,32",
    "12,256,6,13,20,3,  32,48,48",
    "12,256,7,14,14,3,  32,64,64"
  })
  void lengths(int encr, int bits, int prf, int integ, int ke, int kwa, int ske, int ska, int skd) {
    IkeSuite suite = new IkeSuite(encr, bits, prf, integ, ke, kwa);
    assertThat(suite.skeLength()).isEqualTo(ske);
    assertThat(suite.skaLength()).isEqualTo(ska);
    assertThat(suite.skdLength()).isEqualTo(skd);
    assertThat(suite.skpLength()).isEqualTo(skd);
  }

  @ParameterizedTest
  @CsvSource({
    "3,0,5,12,31,3,     ENCR transform 3",
    "20,0,5,0,31,3,     ENCR transform 20 with 0 key bits",
    "20,160,5,0,31,3,   160 key bits",
    "14,0,5,0,31,3,     ENCR transform 14 with 0 key bits",
    "28,256,5,0,31,3,   256 key bits",
    "20,256,2,0,31,3,   PRF transform 2",
    "20,256,5,12,31,3,  INTEG transform 12 is not possible",
    "12,256,5,0,31,3,   INTEG transform 0 is not possible",
    "12,256,5,2,31,3,   INTEG transform 2",
    "20,256,5,0,2,3,    method 2 ",
    "20,256,5,0,31,5,   key wrap algorithm 5"
  })
  void unsupported(int encr, int bits, int prf, int integ, int ke, int kwa, String problem) {
    assertThat(IkeSuite.problem(encr, bits, prf, integ, ke, kwa)).contains(problem);
    assertThatThrownBy(() -> new IkeSuite(encr, bits, prf, integ, ke, kwa))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }
}
