package io.gkm.dataplane;

import java.net.InetAddress;
import java.util.List;

/** The kernel's counters of our SAs. */
public record KernelSnapshot(List<Sa> sas) {
  /** One SA: how much went through it, and how many packets it refused. */
  public record Sa(
      InetAddress destination,
      int spi,
      long packets,
      long bytes,
      long replayed,
      long integrityFailures) {}

  public KernelSnapshot {
    sas = List.copyOf(sas);
  }

  public KernelSnapshot() {
    this(List.of());
  }
}
