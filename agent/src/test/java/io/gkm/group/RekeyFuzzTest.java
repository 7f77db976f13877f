package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gkm.ike.RekeySealer;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.SignatureAlgorithm;
import io.gkm.ike.wire.Octets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * GSA_REKEY by somebody who has the group's keys but not the key server's signing key, and
 * GSA_REKEY in fragments over a hostile network.
 *
 * <p>In a test run each target is given the committed inputs (src/test/resources,
 * RekeyFuzzTestInputs); scripts/fuzz looks for more.
 */
class RekeyFuzzTest {
  private static final GroupSettings VIDEO = Groups.video(Role.BOTH);

  // RFC 8032, section 7.1, test 1.
  private static final String SECRET =
      "302e020100300506032b657004220420"
          + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
  private static final String PUBLIC =
      "302a300506032b6570032100"
          + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
  private static final int MAX_STEPS = 200;

  /** Where the Encrypted payload's header, behind the IKE header, has it. */
  private static final int FIRST_TYPE = 28;

  /** Changes to a signed message before it is sealed, each: position (2 octets), what to xor. */
  @FuzzTest
  void insiderRekey(byte[] data) throws Exception {
    MemberRun run = member(true);
    TestRekey server = TestRekey.first();
    server.signer = Optional.of(signer());
    RekeySealer.Plain genuine = server.plain(server.payloads("", "", List.of(TestRekey.newSa())));
    byte[] inner = genuine.inner().toByteArray();
    for (int i = 0; i + 3 <= data.length; i += 3) {
      int position = (((data[i] & 0xff) << 8) | (data[i + 1] & 0xff)) % inner.length;
      inner[position] ^= data[i + 2];
    }
    int firstType = data.length % 3 == 1 ? data[data.length - 1] & 0xff : genuine.firstType();
    byte[] clear = genuine.clear().toByteArray();
    clear[FIRST_TYPE] = (byte) firstType;
    run.rekey(server.sealed(new RekeySealer.Plain(Octets.of(clear), firstType, Octets.of(inner))));

    boolean same =
        firstType == genuine.firstType() && Arrays.equals(inner, genuine.inner().toByteArray());
    assertThat(accepted(run)).isEqualTo(same ? 1 : 0);
    assertThat(run.spis()).hasSize(same ? 2 : 1);
  }

  /** Which fragment of a message comes next; with the top bit set, one octet of it is wrong. */
  @FuzzTest
  void rekeyFragments(byte[] data) {
    MemberRun run = member(false);
    List<byte[]> fragments = TestRekey.first().fragments(160, TestRekey.newSa());
    boolean[] came = new boolean[fragments.size()];
    for (int i = 0; i < Math.min(data.length, MAX_STEPS); i++) {
      int number = (data[i] & 0x7f) % fragments.size();
      byte[] fragment = fragments.get(number).clone();
      if (data[i] < 0) {
        fragment[(i * 31 + 7) % fragment.length] ^= 0x20;
      } else {
        came[number] = true;
      }
      run.rekey(fragment);
    }
    boolean complete = IntStream.range(0, came.length).allMatch(i -> came[i]);
    assertThat(accepted(run)).isEqualTo(complete ? 1 : 0);
    assertThat(run.events).hasSizeLessThan(2 * MAX_STEPS);
  }

  private static long accepted(MemberRun run) {
    return run.group(0).rekey().orElseThrow().accepted();
  }

  private static MemberRun member(boolean signed) {
    TestSa rekey = TestSa.rekey().lasting(2000);
    TestAnswer answer = TestAnswer.of(TestRekey.oldSa(), rekey);
    if (signed) {
      byte[] gcauth = HexFormat.of().parseHex("0e00000200120007300506032b6570");
      rekey.transforms(TestSa.AES_GCM_256, TestSa.transform(13, 3), gcauth);
      answer.memberBag(String.format("0002%04x", PUBLIC.length() / 2) + PUBLIC);
    }
    MemberRun run = MemberRun.of(VIDEO).start();
    run.hears(
        new io.gkm.ike.IkeEffect.Established(run.session().info()),
        MemberRun.registered(VIDEO, answer));
    run.events.clear();
    return run;
  }

  private static RekeySealer.Signer signer() throws GeneralSecurityException, CryptoException {
    PrivateKey key =
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new PKCS8EncodedKeySpec(HexFormat.of().parseHex(SECRET)));
    SignatureAlgorithm algorithm =
        SignatureAlgorithm.parse(HexFormat.of().parseHex("300506032b6570"));
    return SignedRekeyTest.signer(algorithm, key, 64);
  }
}
