package io.gkm.group;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
final class Durations {
  private Durations() {}

  /** {@code 1.5 s}, {@code 75 s}, {@code 12 min} or {@code 5 h}. */
  static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (seconds < 180) {
      return seconds + " s";
    }
    return seconds < 3 * 3600 ? duration.toMinutes() + " min" : duration.toHours() + " h";
  }
}
