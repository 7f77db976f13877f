package io.gkm.group;

import io.gkm.ike.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The data SAs of one group, through rollovers (RFC 9838 section 4.4.3.1, RFC 5374 section 4.2.1):
 * a new one receives at once and sends from the activation time on; an old one goes at the
 * deactivation time. It owns the member's copies of their keys: wiped when an SA is superseded,
 * expires or is dropped. What leaves through {@link #copies} has keys of its own.
 */
final class DataSaSet {
  /** An SA and when what is to happen to it. */
  private static final class Entry {
    DataSa sa;
    final Moment sendFrom;
    boolean activated;
    Optional<Moment> removeAt = Optional.empty();

    Entry(DataSa sa, Moment sendFrom) {
      this.sa = sa;
      this.sendFrom = sendFrom;
    }

    /** When it goes, for whatever reason. */
    Optional<Moment> end() {
      return removeAt.isEmpty()
          ? sa.expiresAt()
          : sa.expiresAt().filter(at -> at.isBefore(removeAt.get())).or(() -> removeAt);
    }

    /** SAs for the same traffic take turns. */
    List<Object> traffic() {
      return List.of(sa.protocolId(), sa.source(), sa.destination());
    }
  }

  /**
   * What the passing of time did.
   *
   * @param changed whether what the data plane sees is different from before
   * @param expired SPIs whose lifetime ended without a replacement
   */
  record Passed(boolean changed, List<String> expired) {}

  /** Oldest first. */
  private final List<Entry> entries = new ArrayList<>();

  private int generation;

  /**
   * Replaces all older SAs by those of a new registration (RFC 9838 section 2.3.3) and takes over
   * their keys. An SA with everything as before, the key included, keeps its generation and age.
   *
   * @return whether what the data plane sees is different from before
   */
  boolean replace(Moment now, List<DataSa> accepted) {
    List<Entry> old = List.copyOf(entries);
    Set<Entry> kept = new HashSet<>();
    boolean changed = old.size() != accepted.size();
    entries.clear();
    Map<List<Integer>, List<Entry>> known = bySpi(old);
    for (DataSa sa : accepted) {
      Optional<Entry> same = find(known, sa);
      if (same.isPresent()) {
        Entry entry = same.get();
        kept.add(entry);
        changed |= !entry.sa.expiresAt().equals(sa.expiresAt());
        entry.sa = entry.sa.withExpiry(sa.expiresAt());
        entry.removeAt = Optional.empty();
        entries.add(entry);
        sa.close();
      } else {
        changed = true;
        entries.add(new Entry(sa.withGeneration(++generation), now));
      }
    }
    old.stream().filter(entry -> !kept.contains(entry)).forEach(entry -> entry.sa.close());
    return activate(now) || changed;
  }

  /**
   * Takes the SAs of a rekey, keys included, beside those that are there.
   *
   * @param sendFrom when senders change over to them
   * @return whether what the data plane sees is different from before
   */
  boolean add(Moment now, List<DataSa> accepted, Moment sendFrom) {
    boolean changed = false;
    Map<List<Integer>, List<Entry>> known = bySpi(entries);
    for (DataSa sa : accepted) {
      Optional<Entry> same = find(known, sa);
      if (same.isPresent()) {
        changed |= !same.get().sa.expiresAt().equals(sa.expiresAt());
        same.get().sa = same.get().sa.withExpiry(sa.expiresAt());
        sa.close();
      } else {
        changed = true;
        entries.add(new Entry(sa.withGeneration(++generation), sendFrom));
      }
    }
    return activate(now) || changed;
  }

  /** These SAs go at {@code at}, unless they go earlier; what can send instead sends from then. */
  void retire(Predicate<DataSa> which, Moment at) {
    for (Entry entry : entries) {
      if (which.test(entry.sa) && (entry.removeAt.isEmpty() || at.isBefore(entry.removeAt.get()))) {
        entry.removeAt = Optional.of(at);
      }
    }
  }

  private static Map<List<Integer>, List<Entry>> bySpi(List<Entry> entries) {
    return entries.stream()
        .collect(Collectors.groupingBy(e -> List.of(e.sa.protocolId(), e.sa.spi())));
  }

  private static Optional<Entry> find(Map<List<Integer>, List<Entry>> known, DataSa sa) {
    return known.getOrDefault(List.of(sa.protocolId(), sa.spi()), List.of()).stream()
        .filter(entry -> isSame(entry.sa, sa))
        .findFirst();
  }

  private static boolean isSame(DataSa one, DataSa other) {
    return one.protocolId() == other.protocolId()
        && one.spi() == other.spi()
        && one.source().equals(other.source())
        && one.destination().equals(other.destination())
        && one.suite().equals(other.suite())
        && one.inbound() == other.inbound()
        && one.outbound() == other.outbound()
        && one.replayWindow() == other.replayWindow()
        && one.keys().equals(other.keys());
  }

  /**
   * Drops and wipes the SAs whose time is over (RFC 9838 section 4.4.2.2.1), and lets those send
   * whose turn it is.
   */
  Passed pass(Moment now) {
    List<String> expired = new ArrayList<>();
    Set<Entry> newest = newest();
    boolean changed =
        entries.removeIf(
            entry -> {
              boolean over = entry.end().isPresent() && !now.isBefore(entry.end().get());
              if (over) {
                if (entry.removeAt.isEmpty() && newest.contains(entry)) {
                  expired.add(entry.sa.spiText());
                }
                entry.sa.close();
              }
              return over;
            });
    return new Passed(activate(now) || changed, expired);
  }

  /**
   * Of the SAs for the same traffic the newest one sends whose activation time has come. When there
   * is none, the newest one: whoever has not got it yet misses no more than if nothing were sent.
   */
  private boolean activate(Moment now) {
    Map<List<Object>, Entry> senders = new HashMap<>();
    for (Entry entry : entries) {
      entry.activated |= !now.isBefore(entry.sendFrom);
      if (entry.sa.outbound()) {
        Entry other = senders.get(entry.traffic());
        if (other == null || entry.activated || !other.activated) {
          senders.put(entry.traffic(), entry);
        }
      }
    }
    boolean changed = false;
    for (Entry entry : entries) {
      boolean sends = senders.get(entry.traffic()) == entry;
      changed |= sends != entry.sa.sending();
      entry.sa = entry.sa.withSending(sends);
    }
    return changed;
  }

  /** The last one for each traffic. */
  private Set<Entry> newest() {
    Map<List<Object>, Entry> last = new HashMap<>();
    entries.forEach(entry -> last.put(entry.traffic(), entry));
    return Set.copyOf(last.values());
  }

  /** Drops and wipes all; whether there were any. */
  boolean clear() {
    boolean any = !entries.isEmpty();
    entries.forEach(entry -> entry.sa.close());
    entries.clear();
    return any;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The member's own values, for looking at only. */
  List<DataSa> view() {
    return entries.stream().map(entry -> entry.sa).toList();
  }

  /** The SAs with keys that belong to the receiver. */
  List<DataSa> copies() {
    return entries.stream().map(entry -> entry.sa.copy()).toList();
  }

  /** When {@link #pass} has something to do. */
  Optional<Moment> deadline() {
    List<Moment> moments = new ArrayList<>();
    for (Entry entry : entries) {
      entry.end().ifPresent(moments::add);
      if (!entry.activated && entry.sa.outbound()) {
        moments.add(entry.sendFrom);
      }
    }
    return moments.stream().min(Moment::compareTo);
  }

  /** When the first SA ends that has no newer one for its traffic and was not deleted. */
  Optional<Moment> endOfNewest() {
    return newest().stream()
        .filter(entry -> entry.removeAt.isEmpty())
        .flatMap(entry -> entry.sa.expiresAt().stream())
        .min(Moment::compareTo);
  }
}
