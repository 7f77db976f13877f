package io.gkm.lab.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.WrappedKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The key tree of RFC 9838 Appendix A: members A to H, KW_5649_128, key n is the octet n. */
@Tag("KS-13")
class KeyTreeTest {
  private static final List<String> MEMBERS = List.of("A", "B", "C", "D", "E", "F", "G", "H");

  private static Secret key(long id) {
    byte[] octets = new byte[16];
    Arrays.fill(octets, (byte) id);
    return Secret.wrap(octets);
  }

  private static Secret counting(int first, int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (first + i);
    }
    return Secret.wrap(octets);
  }

  private static String text(WrappedKey key) {
    return String.format("%08x%08x%s", key.keyId(), key.kwkId(), key.encryptedKey().toHex());
  }

  private static KeyTree full() throws CryptoException {
    KeyTree tree = new KeyTree(3, 1, KeyTreeTest::key);
    try (KeyWrap gskW = KeyWrap.of(1, counting(0, 16))) {
      for (String member : MEMBERS) {
        tree.join(member, gskW);
      }
    }
    return tree;
  }

  @Test
  void aRegistrationGetsTheKeysOnItsWay() throws CryptoException {
    try (KeyWrap gskW = KeyWrap.of(1, counting(0, 16))) {
      assertThat(full().join("A", gskW))
          .extracting(KeyTreeTest::text)
          .containsExactly(
              "0000000700000000cc2796cdf7e2838a8637a477f581c8efa5ebcf62d432b7b2",
              "00000003000000079d1bba00c44ce09be84adfda705ad8e0389ac186a2405985",
              "0000000100000003055609a32f3abce70abb08c3b0f111cf47fb13ca15a936f9");
    }
    assertThat(text(full().saKey("A", counting(0x10, 52)).orElseThrow()))
        .isEqualTo(
            "0000000000000001db7c999d4bf45b89d47b8b508be7986fe2606f31713bf2b0db1d6544f6d4e51d85e48c7f"
                + "0061ac23120accdb97feac6b8becff4a0bea367cf057b657e5fb595b");
  }

  @Test
  void anExclusionReplacesTheKeysOnTheWayOfTheExcluded() throws CryptoException {
    KeyTree tree = full();

    assertThat(tree.exclude("F"))
        .extracting(KeyTreeTest::text)
        .containsExactlyInAnyOrder(
            "0000000f00000006330f49c25b8f0df4e6e4c77d305bf8ad765da008279eee9d",
            "0000000f0000001024edc0f86503359b3d80ccb7b1bf894b11bd43a1a59a9471",
            "000000100000000bd5b05b214982de4138ecede8cf126eaf2a8f38427f88f0bb");
    assertThat(tree.saKeys(counting(0x60, 52)))
        .extracting(KeyTreeTest::text)
        .containsExactly(
            "000000000000000194e4f31b20ac40cbfbda14c5de79070452bf5f200ef88aea25a592e798437cbd56473c87"
                + "a556165adf361faae409f09fe5ca4003b644bdfbf80d3f2c5dd54dfd",
            "000000000000000f8afc56f62dc00331c30c6ea595af1b20828e53ed6b6c6326a4aacd3e179f404ca8f8b445"
                + "5a465d01da792fa366d834d20b032d0da84beab5216c760351a93ec3");
    assertThat(tree.contains("F")).isFalse();
  }

  @Test
  void whatAnExclusionTakesGrowsWithTheDepthNotWithTheMembers() throws CryptoException {
    for (int depth = 2; depth <= 10; depth++) {
      KeyTree tree = new KeyTree(depth, 1, KeyTreeTest::key);
      try (KeyWrap gskW = KeyWrap.of(1, counting(0, 16))) {
        for (int i = 0; i < 1 << depth; i++) {
          tree.join("member " + i, gskW);
        }
      }
      // Two for each level between the root and the leaf's own, but the leaf that is gone.
      assertThat(tree.exclude("member 1")).hasSize(2 * (depth - 1) - 1);
      assertThat(tree.saKeys(counting(0, 52))).hasSize(2);
    }
  }

  @Test
  void aFreedPlaceIsTakenByTheNextWithANewKey() throws CryptoException {
    KeyTree tree = full();
    tree.exclude("F");
    try (KeyWrap gskW = KeyWrap.of(1, counting(0, 16))) {
      List<WrappedKey> path = tree.join("I", gskW);
      assertThat(path).extracting(WrappedKey::keyId).containsExactly(17L, 16L, 15L);
    }
  }

  @Test
  void whoIsNoMemberIsNotExcluded() throws CryptoException {
    assertThat(full().exclude("Z")).isEmpty();
  }
}
