package io.gkm.group;

/**
 * Transport ports {@code first..last}, both included, 0..65535. The constructor refuses others and
 * backward ranges with an IllegalArgumentException.
 */
public record PortRange(int first, int last) {
  public static final int MAX_PORT = 65535;

  /** Every port; also what protocols without ports have. */
  public static final PortRange ANY = new PortRange(0, MAX_PORT);

  public PortRange {
    if (first < 0 || last > MAX_PORT) {
      throw new IllegalArgumentException("port range " + first + "-" + last + " outside 0-65535");
    }
    if (first > last) {
      throw new IllegalArgumentException("port range " + first + "-" + last + " is backwards");
    }
  }

  public boolean isAny() {
    return first == 0 && last == MAX_PORT;
  }

  /** Whether every port from {@code otherFirst} to {@code otherLast} is in this range. */
  public boolean contains(int otherFirst, int otherLast) {
    return otherFirst <= otherLast && first <= otherFirst && otherLast <= last;
  }

  /** {@code any}, {@code 5000} or {@code 5000-5010}. */
  @Override
  public String toString() {
    if (isAny()) {
      return "any";
    }
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
