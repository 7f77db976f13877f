package io.gkm.lab.controller;

import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.KwaId;
import io.gkm.ike.wire.WrappedKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * What it costs a key server to exclude one of 2^4 to 2^20 members by a key tree: time, and octets
 * of the message. It must grow with the depth of the tree. The reference is so many keys wrapped by
 * the JDK alone.
 */
public final class KeyTreeBench {
  private static final int[] DEPTHS = {4, 8, 12, 16, 20};
  private static final int WARM_UP = 300;
  private static final int COUNT = 300;
  private static final int KEY_OCTETS = 32;

  /** Type, length, Key ID and KWK ID of a WRAP_KEY attribute. */
  private static final int ATTRIBUTE = 12;

  private KeyTreeBench() {}

  /** All depths. */
  public static void main(String[] args) throws Exception {
    for (int depth : DEPTHS) {
      run(depth);
    }
  }

  private static void run(int depth) throws Exception {
    SecureRandom random = new SecureRandom();
    KeyTree tree = new KeyTree(depth, KwaId.KW_5649_256, id -> key(random));
    int members = 1 << depth;
    List<Long> ours = new ArrayList<>();
    List<Long> floor = new ArrayList<>();
    int keys = 0;
    int octets = 0;
    try (KeyWrap gskW = KeyWrap.of(KwaId.KW_5649_256, key(random))) {
      for (int i = 0; i < members; i++) {
        tree.join("gm" + i, gskW);
        if (i > 0 && i % 100_000 == 0) {
          System.err.printf("bench: %d of %d members have joined%n", i, members);
        }
      }
      Random which = new Random(depth);
      for (int i = 0; i < WARM_UP + COUNT; i++) {
        String victim = "gm" + which.nextInt(members);
        long start = System.nanoTime();
        List<WrappedKey> message = new ArrayList<>(tree.exclude(victim));
        try (Secret rekeySa = key(random)) {
          message.addAll(tree.saKeys(rekeySa));
        }
        long took = System.nanoTime() - start;
        keys = message.size();
        octets = message.stream().mapToInt(k -> ATTRIBUTE + k.encryptedKey().size()).sum();
        long floorTook = floor(keys);
        if (i >= WARM_UP) {
          ours.add(took);
          floor.add(floorTook);
        }
        tree.join(victim, gskW);
      }
    }
    double mine = median(ours);
    say("  2^%-2d members: %3d wrapped keys, %5d octets, %7.0f us", depth, keys, octets, mine);
    say("figure lkh-exclude-2^%d %.0f us", depth, mine);
    say("figure lkh-octets-2^%d %d octets", depth, octets);
    say("ratio lkh-exclude-2^%d %.2f vs JDK-wraps-alone", depth, median(floor) / mine);
  }

  private static Secret key(SecureRandom random) {
    byte[] octets = new byte[KEY_OCTETS];
    random.nextBytes(octets);
    return Secret.wrap(octets);
  }

  private static long floor(int keys) throws Exception {
    SecretKey kek = new SecretKeySpec(new byte[KEY_OCTETS], "AES");
    SecretKey key = new SecretKeySpec(new byte[KEY_OCTETS], "AES");
    long start = System.nanoTime();
    for (int i = 0; i < keys; i++) {
      Cipher wrap = Cipher.getInstance("AES/KWP/NoPadding");
      wrap.init(Cipher.WRAP_MODE, kek);
      wrap.wrap(key);
    }
    return System.nanoTime() - start;
  }

  private static double median(List<Long> nanos) {
    return nanos.stream().sorted().toList().get(nanos.size() / 2) / 1000.0;
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
