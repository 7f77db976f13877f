package io.gkm.group;

import io.gkm.ike.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The data SAs of one group that are valid now. It owns the member's copies of their keys: wiped
 * when an SA is superseded, expires or is dropped. What leaves through {@link #copies} has keys of
 * its own.
 */
final class DataSaSet {
  private final List<DataSa> current = new ArrayList<>();
  private int generation;

  /**
   * Replaces all older SAs by those of a new registration (RFC 9838, 2.3.3) and takes over their
   * keys. An SA with everything as before, the key included, keeps its generation and age.
   *
   * @return whether what the data plane sees is different from before
   */
  boolean replace(List<DataSa> accepted) {
    List<DataSa> old = List.copyOf(current);
    List<DataSa> kept = new ArrayList<>();
    current.clear();
    boolean changed = old.size() != accepted.size();
    for (DataSa sa : accepted) {
      Optional<DataSa> same = old.stream().filter(o -> isSame(o, sa)).findFirst();
      if (same.isPresent()) {
        kept.add(same.get());
        changed |= !same.get().expiresAt().equals(sa.expiresAt());
        current.add(same.get().withExpiry(sa.expiresAt()));
        sa.close();
      } else {
        changed = true;
        current.add(sa.withGeneration(++generation));
      }
    }
    old.stream().filter(sa -> !kept.contains(sa)).forEach(DataSa::close);
    return changed;
  }

  private static boolean isSame(DataSa one, DataSa other) {
    return one.protocolId() == other.protocolId()
        && one.spi() == other.spi()
        && one.source().equals(other.source())
        && one.destination().equals(other.destination())
        && one.encryption().equals(other.encryption())
        && one.integrity().equals(other.integrity())
        && one.inbound() == other.inbound()
        && one.outbound() == other.outbound()
        && one.replayWindow() == other.replayWindow()
        && one.keys().equals(other.keys());
  }

  /** Drops and wipes the SAs whose lifetime is over (RFC 9838, 4.4.2.2.1); returns their SPIs. */
  List<String> expire(Moment now) {
    List<String> spis = new ArrayList<>();
    current.removeIf(
        sa -> {
          boolean over = sa.expiresAt().isPresent() && !now.isBefore(sa.expiresAt().get());
          if (over) {
            spis.add(sa.spiText());
            sa.close();
          }
          return over;
        });
    return spis;
  }

  /** Drops and wipes all; whether there were any. */
  boolean clear() {
    boolean any = !current.isEmpty();
    current.forEach(DataSa::close);
    current.clear();
    return any;
  }

  boolean isEmpty() {
    return current.isEmpty();
  }

  /** The member's own values, for looking at only. */
  List<DataSa> view() {
    return List.copyOf(current);
  }

  /** The SAs with keys that belong to the receiver. */
  List<DataSa> copies() {
    return current.stream().map(DataSa::copy).toList();
  }

  /** When the next SA expires. */
  Optional<Moment> firstExpiry() {
    return current.stream()
        .flatMap(sa -> sa.expiresAt().stream())
        .reduce((one, other) -> other.isBefore(one) ? other : one);
  }
}
