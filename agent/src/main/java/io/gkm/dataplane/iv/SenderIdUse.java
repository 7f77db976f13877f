package io.gkm.dataplane.iv;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which Sender-IDs this process has used with which key. An SA that is made anew begins with
 * sequence number 1 and another random mask, so its IVs may be ones that were there: each key takes
 * each Sender-ID once, and the next one after that (RFC 9838 section 2.5.1: several may be assigned
 * to be used one after the other).
 *
 * <p>Nothing of it outlives the process, nor needs to: keys are not kept either, and a registration
 * brings new Sender-IDs. Not for use by several threads.
 */
public final class SenderIdUse {
  /** Keys that are remembered; the one that came first goes first. */
  static final int MOST_KEYS = 4096;

  /** By key, as a digest: the key itself is not kept. */
  private final Map<String, Set<SenderId>> used = new LinkedHashMap<>();

  /**
   * The first of these that was not used with this key.
   *
   * @param key octets of key and salt
   */
  public Optional<SenderId> firstUnused(byte[] key, List<SenderId> assigned) {
    Set<SenderId> gone = used.getOrDefault(name(key), Set.of());
    return assigned.stream().filter(id -> !overlapsAny(id, gone)).findFirst();
  }

  /**
   * From now on it is used with this key. To be said before the first packet can be sent.
   *
   * @throws IllegalStateException when it was used with it before
   */
  public void markUsed(byte[] key, SenderId senderId) {
    String name = name(key);
    Set<SenderId> gone = used.computeIfAbsent(name, unused -> new LinkedHashSet<>());
    if (overlapsAny(senderId, gone)) {
      throw new IllegalStateException("Sender-ID " + senderId + " was used with this key before");
    }
    gone.add(senderId);
    if (used.size() > MOST_KEYS) {
      used.remove(used.keySet().iterator().next());
    }
  }

  /** Sender-IDs of different sizes share IVs where the longer one begins with the shorter one. */
  private static boolean overlapsAny(SenderId one, Set<SenderId> others) {
    return others.stream().anyMatch(other -> overlap(one, other));
  }

  private static boolean overlap(SenderId one, SenderId other) {
    int bits = Math.min(one.bits(), other.bits());
    return one.value() >>> (one.bits() - bits) == other.value() >>> (other.bits() - bits);
  }

  private static String name(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
