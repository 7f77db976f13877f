package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.group.KeyPath.Unlocked;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.RekeyKeys;
import io.gkm.ike.crypto.RekeySuite;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.WrappedKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The key tree of RFC 9838 Appendix A with KW_5649_128: key number n is the octet n sixteen times.
 */
@Tag("GM-29")
class KeyPathTest {
  private static final int KWA = 1;
  private static final RekeySuite SUITE = new RekeySuite(20, 256, 0, KWA);

  // Complete WRAP_KEY and SA_KEY values: key id, KWK id, encrypted key.
  private static final WrappedKey KSA1_UNDER_1 =
      key(
          "0000000000000001db7c999d4bf45b89d47b8b508be7986fe2606f31713bf2b0db1d6544f6d4e51d85e48c7f"
              + "0061ac23120accdb97feac6b8becff4a0bea367cf057b657e5fb595b");
  private static final WrappedKey K1_UNDER_3 =
      key("0000000100000003055609a32f3abce70abb08c3b0f111cf47fb13ca15a936f9");
  private static final WrappedKey K3_UNDER_7 =
      key("00000003000000079d1bba00c44ce09be84adfda705ad8e0389ac186a2405985");
  private static final WrappedKey K7_UNDER_GSK_W =
      key("0000000700000000cc2796cdf7e2838a8637a477f581c8efa5ebcf62d432b7b2");
  private static final WrappedKey KSA2_UNDER_GSK_W =
      key(
          "0000000000000000079b90f78672ac6050364a6fd2bdbf624745d1db0600d50b733276ac74a67b0b5b0e0c89"
              + "c354442e2801028513eef54031d0603e2722a5baaeda475c0d2ef187");
  private static final List<WrappedKey> KSA3 =
      List.of(
          key(
              "000000000000000194e4f31b20ac40cbfbda14c5de79070452bf5f200ef88aea25a592e798437cbd5647"
                  + "3c87a556165adf361faae409f09fe5ca4003b644bdfbf80d3f2c5dd54dfd"),
          key(
              "000000000000000f8afc56f62dc00331c30c6ea595af1b20828e53ed6b6c6326a4aacd3e179f404ca8f8"
                  + "b4455a465d01da792fa366d834d20b032d0da84beab5216c760351a93ec3"));
  private static final List<WrappedKey> EXCLUSION =
      List.of(
          key("0000000f00000006330f49c25b8f0df4e6e4c77d305bf8ad765da008279eee9d"),
          key("0000000f0000001024edc0f86503359b3d80ccb7b1bf894b11bd43a1a59a9471"),
          key("000000100000000bd5b05b214982de4138ecede8cf126eaf2a8f38427f88f0bb"));

  private static WrappedKey key(String hex) {
    Octets octets = Octets.ofHex(hex.substring(16));
    return new WrappedKey(
        Long.parseLong(hex.substring(0, 8), 16), Long.parseLong(hex.substring(8, 16), 16), octets);
  }

  private static Secret counting(int first, int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (first + i);
    }
    return Secret.wrap(octets);
  }

  private static KeyWrap wrap(Secret key) throws CryptoException {
    return KeyWrap.of(KWA, key);
  }

  private static Secret node(int number) {
    byte[] octets = new byte[16];
    Arrays.fill(octets, (byte) number);
    return Secret.wrap(octets);
  }

  /** A member with these keys, as a registration under an unrelated GSK_w gives them. */
  private static KeyPath member(int... path) throws CryptoException {
    KeyWrap gskW = wrap(counting(0x70, 16));
    List<WrappedKey> keys = new ArrayList<>();
    for (int i = 0; i < path.length; i++) {
      boolean own = i == path.length - 1;
      KeyWrap by = own ? gskW : wrap(node(path[i + 1]));
      keys.add(new WrappedKey(path[i], own ? 0 : path[i + 1], Octets.of(by.wrap(node(path[i])))));
    }
    WrappedKey saKey =
        new WrappedKey(0, path[0], Octets.of(wrap(node(path[0])).wrap(counting(1, 52))));
    return KeyPath.empty().unlock(List.of(saKey), keys, gskW).orElseThrow().path();
  }

  private static KeyWrap carrier(int firstOfKeymat) throws CryptoException {
    return RekeyKeys.split(SUITE, counting(firstOfKeymat, 52)).keyWrap();
  }

  @Test
  void aRegistrationGivesThePathFromTheRekeySaToTheMembersOwnKey() throws CryptoException {
    List<WrappedKey> wrapKeys = List.of(K1_UNDER_3, K3_UNDER_7, K7_UNDER_GSK_W);

    Unlocked unlocked =
        KeyPath.empty()
            .unlock(List.of(KSA1_UNDER_1), wrapKeys, wrap(counting(0, 16)))
            .orElseThrow();

    assertThat(unlocked.material()).isEqualTo(counting(0x10, 52));
    assertThat(unlocked.path().ids()).containsExactly(1L, 3L, 7L);
  }

  @Test
  void aSimpleRekeyLeavesThePathAsItIs() throws CryptoException {
    Unlocked unlocked =
        member(1, 3, 7).unlock(List.of(KSA2_UNDER_GSK_W), List.of(), carrier(0x10)).orElseThrow();

    assertThat(unlocked.material()).isEqualTo(counting(0x20, 52));
    assertThat(unlocked.path().ids()).containsExactly(1L, 3L, 7L);
  }

  @Test
  void anExclusionReachesEverybodyElse() throws CryptoException {
    assertThat(afterExclusion(1, 3, 7)).containsExactly(1L, 3L, 7L);
    assertThat(afterExclusion(1, 3, 8)).containsExactly(1L, 3L, 8L);
    assertThat(afterExclusion(1, 4, 9)).containsExactly(1L, 4L, 9L);
    assertThat(afterExclusion(1, 4, 10)).containsExactly(1L, 4L, 10L);
    assertThat(afterExclusion(2, 5, 11)).containsExactly(15L, 16L, 11L);
    assertThat(afterExclusion(2, 6, 13)).containsExactly(15L, 6L, 13L);
    assertThat(afterExclusion(2, 6, 14)).containsExactly(15L, 6L, 14L);
  }

  private static List<Long> afterExclusion(int... path) throws CryptoException {
    Unlocked unlocked = member(path).unlock(KSA3, EXCLUSION, carrier(0x20)).orElseThrow();
    assertThat(unlocked.material()).isEqualTo(counting(0x60, 52));
    return unlocked.path().ids();
  }

  @Test
  void theExcludedMemberFindsNoWay() throws CryptoException {
    assertThat(member(2, 5, 12).unlock(KSA3, EXCLUSION, carrier(0x20))).isEmpty();
  }

  @Test
  void theOrderOfKeysInTheMessageDoesNotMatter() throws CryptoException {
    for (int seed = 0; seed < 20; seed++) {
      List<WrappedKey> saKeys = new ArrayList<>(KSA3);
      List<WrappedKey> wrapKeys = new ArrayList<>(EXCLUSION);
      Collections.shuffle(saKeys, new Random(seed));
      Collections.shuffle(wrapKeys, new Random(seed));
      Unlocked unlocked = member(2, 5, 11).unlock(saKeys, wrapKeys, carrier(0x20)).orElseThrow();
      assertThat(unlocked.path().ids()).containsExactly(15L, 16L, 11L);
    }
  }

  @Test
  void keysThatWrapEachOtherLeadNowhereAndEnd() throws CryptoException {
    List<WrappedKey> circle =
        List.of(
            new WrappedKey(20, 21, Octets.of(wrap(node(21)).wrap(node(20)))),
            new WrappedKey(21, 20, Octets.of(wrap(node(20)).wrap(node(21)))));
    WrappedKey saKey = new WrappedKey(0, 20, Octets.of(wrap(node(20)).wrap(counting(1, 52))));

    assertThat(member(1, 3, 7).unlock(List.of(saKey), circle, carrier(0x10))).isEmpty();
  }

  @Test
  void aDamagedKeyIsPassedOverWhenAnotherWayExists() throws CryptoException {
    WrappedKey damaged = new WrappedKey(15, 6, Octets.of(new byte[24]));
    List<WrappedKey> wrapKeys = new ArrayList<>(List.of(damaged));
    wrapKeys.addAll(EXCLUSION);

    assertThat(member(2, 6, 13).unlock(KSA3, wrapKeys, carrier(0x20)).map(u -> u.path().ids()))
        .isEqualTo(Optional.of(List.of(15L, 6L, 13L)));
  }

  @Test
  void aKeyOfTheWrongSizeIsNotUsed() throws CryptoException {
    KeyWrap gskW = wrap(counting(0, 16));
    WrappedKey tooLong = new WrappedKey(7, 0, Octets.of(gskW.wrap(counting(1, 32))));
    WrappedKey saKey = new WrappedKey(0, 7, Octets.of(wrap(node(7)).wrap(counting(1, 52))));

    assertThat(KeyPath.empty().unlock(List.of(saKey), List.of(tooLong), gskW)).isEmpty();
  }

  @Test
  void aPathLongerThanAnyTreeIsRefused() throws CryptoException {
    List<WrappedKey> chain = new ArrayList<>();
    KeyWrap gskW = wrap(counting(0, 16));
    for (int i = 1; i <= 80; i++) {
      KeyWrap by = i == 80 ? gskW : wrap(node(i + 1));
      chain.add(new WrappedKey(i, i == 80 ? 0 : i + 1, Octets.of(by.wrap(node(i)))));
    }
    WrappedKey saKey = new WrappedKey(0, 1, Octets.of(wrap(node(1)).wrap(counting(1, 52))));
    WrappedKey nearer = new WrappedKey(0, 40, Octets.of(wrap(node(40)).wrap(counting(1, 52))));

    assertThat(KeyPath.empty().unlock(List.of(saKey), chain, gskW)).isEmpty();
    assertThat(KeyPath.empty().unlock(List.of(nearer), chain, gskW)).isPresent();
  }

  @Test
  void keysAreZeroedWithTheirPathOnly() throws CryptoException {
    KeyPath old = member(2, 6, 13);
    Unlocked unlocked = old.unlock(KSA3, EXCLUSION, carrier(0x20)).orElseThrow();
    old.close();

    assertThat(
            unlocked
                .path()
                .unlock(KSA3.subList(1, 2), List.of(), carrier(0x20))
                .map(u -> u.material()))
        .contains(counting(0x60, 52));
    assertThat(unlocked.path()).hasToString("KeyPath[15, 6, 13]");
  }
}
