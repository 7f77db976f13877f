package io.gkm.ike.crypto;

import static io.gkm.ike.crypto.Hex.hex;
import static io.gkm.ike.crypto.Hex.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class IkeKeysTest {
  /** One CAVP vector (SP 800-135 IKEv2) and the GSK_w that follows from its SK_d. */
  private record Cavp(int prfId, String gir, String nonces, String spis, String dkm, String gskW) {
    IkeKeys derive(IkeSuite suite) {
      return IkeKeys.derive(
          suite,
          secret(gir),
          hex(nonces.substring(0, 16)),
          hex(nonces.substring(16)),
          HexFormat.fromHexDigitsToLong(spis.substring(0, 16)),
          HexFormat.fromHexDigitsToLong(spis.substring(16)));
    }
  }

  private static final List<Cavp> CAVP =
      List.of(
          new Cavp(
              5,
              "42968e5d0ccc3cfc5a3e4bc1bba370cea1fae0d54c49ccba34b2bee804beeb2e9e8c57a4e01b"
                  + "d45102cf2433aacc6cfec06792f363e5170e6aa6650274e906648e449d27a8f00b5b44261982"
                  + "c9835c748a751ec5138eaacc5e025661339538a61bf418e454699e19c32db8d9ce5dd86b220f"
                  + "1e89afc5872e68be36cb1a0c8866",
              "ed80dc79912c32a935fb6d1a3feac078",
              "47c1858efc932ea4606fd05609624002",
              "63d018a08f7a29daa7d1f92cb63f45fa39bbaf5e5f1a78139613bb891e3e6bf9d0448f7c74e0"
                  + "5b4c1a25c0b61e62c875e852f287e192d4ae536112db5197216400bd5e123470efc15f531618"
                  + "65fe8b19a1416518a157d651ecd2caddab6a9eae6a27a55af088218d5156edaa9789f934d983"
                  + "6ed43edffda553822202ff9f7d4860ca72e0",
              "22236c90f256be8d89c5d0dddcb2040373f80bef0fc02a8d72140b4aef7d538a"),
          new Cavp(
              6,
              "4df040b70978629c49437cff41a0d46cbea68c8d75b370ffc11d7b387144ea83bb5903fbb92e"
                  + "473df50a9b19ea43e9c2f3da9a849c03864276c6f264ecf02a60d40ba65c06656b633f02a874"
                  + "27e928eb66a2dabd9dc05744717bcaf7ae78c296872f5c48d1a8120c2155b70c565ce271998e"
                  + "3e44af263d487ea3ba7f56132d7d",
              "d672b0bc852829b93509f3b724706364",
              "0f9a016d7b22223c85f710daf8b982d8",
              "10b00a654643b3b985764f86e23ef62431122fcc96de16e338a372bee49391db1f83a7358c08"
                  + "0380abbf4af47cdb83b9530343168f7dbc9221260e1546c6b383e2235d2705a727f0b41aebf6"
                  + "a1b4c61cb460660152a17ba74c20d5191ba6841794945270d829587b7f3294639ea7b77149e1"
                  + "d07230ac16e0cd5ab236fa3212bd569ee70f",
              "aa098ff1745ec3518b635bbe4188458156e79a291b7be69d052d1a23f754facb"),
          new Cavp(
              7,
              "1e3b007d2da913ca60ecc98c25a22db08073d5c35c11b2524b298a922b6abfe6acf7359db66a"
                  + "e5f85d67aacff686419cd8666d05ae7977cefad7f54dd8e312a8e8e5e0370f88142fbdd659dd"
                  + "6fde22bdd531f5402881a8de85c1024e595ec93c575618af7fd3dbac7982919078d71cc13eff"
                  + "1910a032750e1ff428675de189ee",
              "df7931db9b429e10b8aa8e4d46042393",
              "9ba40af9157f47925383c7cd3d1046e6",
              "919a75deaeccbd393bebc89615f8a215edb7073b2319d86740221eee7a2deb92509044d7e61f"
                  + "cb1bf9676b3881c7ced49e6bba1549da3113601677a2445d91ac13a597335782dd3a9cf496d9"
                  + "e19b932f27dd35e36f8070d232d0a3b3f4c4a0b4ba4470778dc090f31f52ab1b6d81e4c7dfb3"
                  + "5063ad96c327adcdbde714cc9a6b5ef049b8",
              "cdf115c6f8f70bb928f91c07936136af966a29fa4548e6e682999bfa4b65ca8d"));

  @Test
  void cavpKeysAead() {
    for (Cavp v : CAVP) {
      try (IkeKeys keys = v.derive(new IkeSuite(20, 128, v.prfId, 0, 31, 3))) {
        String all =
            hex(keys.skD())
                + hex(keys.skAi())
                + hex(keys.skAr())
                + hex(keys.skEi())
                + hex(keys.skEr())
                + hex(keys.skPi())
                + hex(keys.skPr());
        assertThat(all).startsWith(v.dkm);
        int hash = Prf.find(v.prfId).orElseThrow().keyLength();
        assertThat(lengths(keys)).containsExactly(hash, 0, 0, 20, 20, hash, hash);
      }
    }
  }

  @Test
  void cavpKeysCbc() {
    Cavp v = CAVP.get(0);
    try (IkeKeys keys = v.derive(new IkeSuite(12, 128, 5, 12, 19, 1))) {
      assertThat(lengths(keys)).containsExactly(32, 32, 32, 16, 16, 32, 32);
      assertThat(hex(keys.skD()) + hex(keys.skAi()) + hex(keys.skAr()) + hex(keys.skEi()))
          .isEqualTo(v.dkm.substring(0, 2 * 112));
      assertThat(hex(keys.skEr())).isEqualTo(v.dkm.substring(2 * 112, 2 * 128));
    }
  }

  @Test
  void gskW() throws Exception {
    int[] octets = {16, 24, 32};
    for (Cavp v : CAVP) {
      for (int kwaId = 1; kwaId <= 3; kwaId++) {
        try (IkeKeys keys = v.derive(new IkeSuite(20, 256, v.prfId, 0, 31, kwaId));
            Secret gskW = keys.gskW()) {
          assertThat(hex(gskW)).isEqualTo(v.gskW.substring(0, 2 * octets[kwaId - 1]));
        }
      }
    }
  }

  @Test
  void keyWrapOutlivesTheIkeKeys() throws Exception {
    IkeKeys keys = CAVP.get(0).derive(new IkeSuite(20, 256, 5, 0, 31, 3));
    KeyWrap wrap = keys.keyWrap();
    keys.close();
    try (KeyWrap same = KeyWrap.of(3, secret(CAVP.get(0).gskW))) {
      assertThat(wrap.wrap(secret("0102"))).isEqualTo(same.wrap(secret("0102")));
    }
  }

  @Test
  void eachDirectionHasItsKeys() throws Exception {
    byte[] prefix = new byte[32];
    for (IkeSuite suite :
        new IkeSuite[] {new IkeSuite(20, 256, 5, 0, 31, 3), new IkeSuite(12, 256, 5, 12, 31, 3)}) {
      try (IkeKeys k = CAVP.get(0).derive(suite)) {
        Deterministic random = new Deterministic(1);
        byte[] fromI = k.initiatorCipher(random).seal(prefix, 28, new byte[5]);
        byte[] fromR = k.responderCipher(random).seal(prefix, 28, new byte[6]);
        SkCipher i = SkCipher.of(suite.encr(), suite.integ(), k.skEi(), k.skAi(), random);
        SkCipher r = SkCipher.of(suite.encr(), suite.integ(), k.skEr(), k.skAr(), random);
        assertThat(i.open(fromI, 28)).hasSize(5);
        assertThat(r.open(fromR, 28)).hasSize(6);
        assertThatThrownBy(() -> i.open(fromR, 28)).isInstanceOf(CryptoException.class);
        assertThatThrownBy(() -> r.open(fromI, 28)).isInstanceOf(CryptoException.class);
      }
    }
  }

  @Test
  void closedKeysAreGone() throws Exception {
    IkeKeys keys = CAVP.get(0).derive(new IkeSuite(20, 256, 5, 0, 31, 3));
    SkCipher cipher = keys.initiatorCipher(new Deterministic(1));
    byte[] prefix = new byte[32];
    cipher.seal(prefix, 28, new byte[0]);
    keys.close();
    assertThatThrownBy(keys::gskW).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> cipher.seal(prefix, 28, new byte[0]))
        .isInstanceOf(IllegalStateException.class);
    for (Secret key : secrets(keys)) {
      assertThatThrownBy(key::bytes).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void toStringShowsNoKeys() {
    IkeKeys keys = CAVP.get(0).derive(new IkeSuite(20, 256, 5, 0, 31, 3));
    assertThat(keys.toString())
        .doesNotContain(hex(keys.skD()).substring(0, 8))
        .contains("skD=Secret[32 octets]");
  }

  private static int[] lengths(IkeKeys keys) {
    return Arrays.stream(secrets(keys)).mapToInt(Secret::length).toArray();
  }

  private static Secret[] secrets(IkeKeys k) {
    return new Secret[] {k.skD(), k.skAi(), k.skAr(), k.skEi(), k.skEr(), k.skPi(), k.skPr()};
  }
}
