package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.group.MemberEvent.Kind;
import io.gkm.ike.RekeySealer;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.SignatureAlgorithm;
import io.gkm.ike.wire.Octets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Who sent a GSA_REKEY: signatures, whole and in fragments (RFC 9838 sections 2.4.1.1 and 2.4.1.2).
 */
class SignedRekeyTest {
  private static final GroupSettings VIDEO = Groups.video(Role.BOTH);

  private final TestRekey server = TestRekey.first();

  private static RekeySealer.Signer signer(SignatureAlgorithm algorithm, KeyPair pair, int length) {
    return signer(algorithm, pair.getPrivate(), length);
  }

  static RekeySealer.Signer signer(SignatureAlgorithm algorithm, PrivateKey key, int length) {
    return new RekeySealer.Signer() {
      @Override
      public Octets algorithmIdentifier() {
        return Octets.of(algorithm.encoded());
      }

      @Override
      public int signatureLength() {
        return length;
      }

      @Override
      public byte[] sign(byte[] octets) throws CryptoException {
        return algorithm.sign(key, octets, new SecureRandom());
      }
    };
  }

  private static String authKey(KeyPair pair) {
    byte[] spki = pair.getPublic().getEncoded();
    return String.format("0002%04x", spki.length) + HexFormat.of().formatHex(spki);
  }

  private static KeyPair ed25519() throws Exception {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  private MemberRun signedGroup(KeyPair pair) {
    byte[] gcauth = HexFormat.of().parseHex("0e00000200120007300506032b6570");
    TestSa rekey = TestSa.rekey().lasting(2000);
    rekey.transforms(TestSa.AES_GCM_256, TestSa.transform(13, 3), gcauth);
    MemberRun run = MemberRun.of(VIDEO).start();
    run.hears(
        new io.gkm.ike.IkeEffect.Established(run.session().info()),
        MemberRun.registered(
            VIDEO, TestAnswer.of(TestRekey.oldSa(), rekey).memberBag(authKey(pair))));
    run.events.clear();
    return run;
  }

  @Test
  @Tag("GM-18")
  @Tag("GM-38")
  void signedRekeysMustBeSignedByTheKeyServerWithTheAgreedAlgorithm() throws Exception {
    KeyPair pair = ed25519();
    SignatureAlgorithm algorithm =
        SignatureAlgorithm.parse(HexFormat.of().parseHex("300506032b6570"));
    MemberRun run = signedGroup(pair);
    assertThat(run.group(0).rekey().orElseThrow().authentication()).isEqualTo("signature Ed25519");

    run.rekey(server.message(TestRekey.newSa()));
    assertThat(run.lastEvent().text()).contains("GSA_REKEY is not signed");

    server.signer = Optional.of(signer(algorithm, ed25519(), 64));
    run.rekey(server.message(TestRekey.newSa()));
    assertThat(run.lastEvent().text()).contains("signature is wrong");

    KeyPair other = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
    SignatureAlgorithm ed448 = SignatureAlgorithm.parse(HexFormat.of().parseHex("300506032b6571"));
    server.signer = Optional.of(signer(ed448, other, 114));
    run.rekey(server.message(TestRekey.newSa()));
    assertThat(run.lastEvent().text()).contains("signed with Ed448, the policy says Ed25519");
    assertThat(run.spis()).containsExactly("0x00000100");

    server.signer = Optional.of(signer(algorithm, pair, 64));
    run.rekey(server.message(TestRekey.newSa()));
    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101");
  }

  @Test
  void theSigningKeyCanBeRolled() throws Exception {
    KeyPair before = ed25519();
    KeyPair after = ed25519();
    SignatureAlgorithm algorithm =
        SignatureAlgorithm.parse(HexFormat.of().parseHex("300506032b6570"));
    MemberRun run = signedGroup(before);
    server.signer = Optional.of(signer(algorithm, before, 64));

    run.rekey(server.message("", authKey(after), List.of(TestRekey.newSa())));
    byte[] withOldKey = server.message(TestSa.esp(0x102).key(TestSa.material(64, 3)));
    run.rekey(withOldKey);
    assertThat(run.lastEvent().text()).contains("signature is wrong");
    server.signer = Optional.of(signer(algorithm, after, 64));
    run.rekey(server.message(TestSa.esp(0x103).key(TestSa.material(64, 4))));

    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101", "0x00000103");
  }

  @Test
  void anAuthKeyHasNoPlaceWithImplicitAuthentication() throws Exception {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestRekey.oldSa(), TestSa.rekey().lasting(2000));
    run.events.clear();

    run.rekey(server.message("", authKey(ed25519()), List.of(TestRekey.newSa())));

    assertThat(run.kinds()).containsExactly(Kind.POLICY_REFUSED);
  }

  @Test
  @Tag("GM-20")
  void fragmentsArePutTogetherInAnyOrderAndTheSignatureIsOverTheWhole() throws Exception {
    KeyPair pair = ed25519();
    SignatureAlgorithm algorithm =
        SignatureAlgorithm.parse(HexFormat.of().parseHex("300506032b6570"));
    MemberRun run = signedGroup(pair);
    server.signer = Optional.of(signer(algorithm, pair, 64));
    List<byte[]> fragments = new ArrayList<>(server.fragments(150, TestRekey.newSa()));
    assertThat(fragments).hasSizeGreaterThan(2);
    Collections.reverse(fragments);

    for (byte[] fragment : fragments) {
      assertThat(run.spis()).containsExactly("0x00000100");
      run.rekey(fragment);
      run.rekey(fragment);
    }

    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101");
    assertThat(run.kinds().stream().filter(kind -> kind == Kind.REKEYED)).hasSize(1);
  }

  @Test
  @Tag("GM-20")
  void aForgedSignatureIsFoundInFragmentsToo() throws Exception {
    SignatureAlgorithm algorithm =
        SignatureAlgorithm.parse(HexFormat.of().parseHex("300506032b6570"));
    MemberRun run = signedGroup(ed25519());
    server.signer = Optional.of(signer(algorithm, ed25519(), 64));

    server.fragments(150, TestRekey.newSa()).forEach(run::rekey);

    assertThat(run.lastEvent().text()).contains("signature is wrong");
    assertThat(run.spis()).containsExactly("0x00000100");
  }
}
