package io.gkm.dataplane.iv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelIvsTest {
  @ParameterizedTest
  @CsvSource({
    "05a1b2c3d4e5f607, 4294967295, 05a1b2c32b1a09f8",
    "05a1b2c3d4e5f607, 1, 05a1b2c3d4e5f606",
    "ffffffffffffffff, 4294967294, ffffffff00000001",
    "0000000000000000, 258, 0000000000000102",
  })
  void anIvIsTheMaskWithTheSequenceNumberInItsLowerHalf(String mask, long sequence, String iv) {
    KernelIvs ivs = new KernelIvs(Long.parseUnsignedLong(mask, 16));
    assertThat(ivs.iv(sequence)).isEqualTo(Long.parseUnsignedLong(iv, 16));
    assertThat(KernelIvs.seen(ivs.iv(sequence), sequence)).isEqualTo(ivs);
    assertThat(ivs).hasToString(mask);
  }

  /** The ends of the range and samples of it: one sender's IVs, none of them twice. */
  @ParameterizedTest
  @CsvSource({"5, 8", "2748, 12", "65534, 16"})
  void everyPacketBeforeTheLimitCarriesTheSenderIdAndNoneHasAProbesIv(long value, int bits) {
    Random random = new Random(bits);
    SenderId id = new SenderId(value, bits);
    KernelIvs ivs = new KernelIvs((value << (Long.SIZE - bits)) | (random.nextLong() >>> bits));
    assertThat(ivs.carry(id)).isTrue();
    Set<Long> seen = new HashSet<>();
    seen.add(ivs.iv(KernelIvs.PROBE_SEQUENCE));
    seen.add(ivs.iv(KernelIvs.CONFIRMATION_SEQUENCE));
    assertThat(seen).hasSize(2);
    for (long sequence : samples(random)) {
      assertThat(id.isIn(ivs.iv(sequence))).isTrue();
      assertThat(seen.add(ivs.iv(sequence))).as("packet %d", sequence).isTrue();
    }
  }

  private static Set<Long> samples(Random random) {
    Set<Long> sequences = new HashSet<>(Set.of(1L, 2L, KernelIvs.HARD_PACKETS));
    for (int bit = 0; bit < 32; bit++) {
      sequences.add(1L << bit);
    }
    while (sequences.size() < 10_000) {
      sequences.add(1 + (random.nextLong() >>> 1) % KernelIvs.HARD_PACKETS);
    }
    return sequences;
  }

  @Test
  void theLimitLeavesOutTheProbesNumbersAlone() {
    assertThat(KernelIvs.HARD_PACKETS).isEqualTo((1L << 32) - 3);
    assertThat(KernelIvs.PROBE_SEQUENCE).isEqualTo(KernelIvs.HARD_PACKETS + 1);
    assertThat(KernelIvs.CONFIRMATION_SEQUENCE).isEqualTo(KernelIvs.HARD_PACKETS + 2);
    assertThat(KernelIvs.SOFT_PACKETS)
        .isLessThan(KernelIvs.HARD_PACKETS)
        .isGreaterThan(KernelIvs.HARD_PACKETS / 16 * 15);
  }

  @Test
  void aSenderIdThatReachesIntoTheSequenceNumberIsNotCarried() {
    assertThat(new KernelIvs(0x00000001_00000000L).carry(new SenderId(1, 32))).isTrue();
    assertThat(new KernelIvs(0x00000001_80000000L).carry(new SenderId(3, 33))).isFalse();
  }

  @Test
  void numbersBeyond32BitsAreNoSequenceNumbers() {
    assertThatThrownBy(() -> new KernelIvs(0).iv(1L << 32))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> KernelIvs.seen(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
