package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;

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
  void countsBlocks(long first, long last, int blocks) {
    assertThat(AlignedBlocks.count(first, last)).isEqualTo(blocks);
  }
}
