package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.group.AlignedBlocks.Block;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignedBlocksTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "5000, 5000, 1",
    "0, 65535, 1",
    "0, 4294967295, 1",
    "4294967295, 4294967295, 1",
    "1, 65534, 30",
    "5000, 5007, 1",
    "5000, 5008, 2",
    "1, 4294967294, 62",
    "7, 6, 0",
  })
  void ofIpv4AddressesAndPorts(long first, long last, int blocks) {
    assertThat(AlignedBlocks.of(BigInteger.valueOf(first), BigInteger.valueOf(last), 32))
        .hasSize(blocks);
  }

  @Test
  void ofIpv6AddressesToo() {
    BigInteger end = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    assertThat(AlignedBlocks.of(BigInteger.ZERO, end, 128))
        .containsExactly(new Block(BigInteger.ZERO, 128));
    assertThat(AlignedBlocks.of(BigInteger.ONE, end.subtract(BigInteger.ONE), 128)).hasSize(254);
    assertThat(AlignedBlocks.of(BigInteger.TWO, BigInteger.valueOf(8), 128))
        .containsExactly(
            new Block(BigInteger.TWO, 1),
            new Block(BigInteger.valueOf(4), 2),
            new Block(BigInteger.valueOf(8), 0));
  }
}
