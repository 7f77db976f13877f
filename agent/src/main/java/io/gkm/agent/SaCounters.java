package io.gkm.agent;

import io.gkm.agent.status.SaReport;
import io.gkm.dataplane.KernelSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The kernel's counters by SPI. */
final class SaCounters {
  private final Map<String, SaReport.Counters> bySpi = new HashMap<>();

  static SaCounters of(Optional<KernelSnapshot> snapshot) {
    SaCounters counters = new SaCounters();
    snapshot.ifPresent(s -> s.sas().forEach(counters::add));
    return counters;
  }

  private void add(KernelSnapshot.Sa sa) {
    bySpi.put(
        String.format("0x%08x", sa.spi()),
        new SaReport.Counters(sa.packets(), sa.bytes(), sa.integrityFailures(), sa.replayed()));
  }

  /**
   * @param spi as status shows it: {@code 0x} and eight digits
   */
  Optional<SaReport.Counters> of(String spi) {
    return Optional.ofNullable(bySpi.get(spi));
  }
}
