package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.Prf;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.crypto.SignatureChoice;
import io.gkm.ike.wire.AuthMethod;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.CertEncoding;
import io.gkm.ike.wire.CertPayload;
import io.gkm.ike.wire.CertReqPayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.SignatureAuthData;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link SigningCredential}, {@link RawPublicKey}, {@link SignatureHashes}. */
class SignatureAuthTest {
  private static final byte[] SIGNED = "signed octets".getBytes(StandardCharsets.US_ASCII);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Prf prf = prf();
  private KeyPair pair;
  private Octets spki;
  private RawPublicKey expected;

  private static Prf prf() {
    try {
      return Prf.of(5);
    } catch (CryptoException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void makeKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    pair = generator.generateKeyPair();
    spki = Octets.of(pair.getPublic().getEncoded());
    expected = RawPublicKey.of(spki);
  }

  private AuthPayload proof(byte[] octets) throws CryptoException {
    return SigningCredential.ofRawKey(pair.getPrivate(), spki)
        .prove(prf, octets, SignatureChoice.accepted(), RANDOM);
  }

  private void refused(AuthPayload auth, byte[] octets, String why) {
    assertThatThrownBy(() -> expected.verify(prf, octets, auth, List.of()))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aSignatureIsOfTheseOctetsOnly() throws Exception {
    AuthPayload auth = proof(SIGNED);

    assertThat(auth.method()).isEqualTo(AuthMethod.DIGITAL_SIGNATURE);
    assertThat(expected.verify(prf, SIGNED, auth, List.of())).isEmpty();
    for (int i = 0; i < SIGNED.length; i++) {
      byte[] other = SIGNED.clone();
      other[i] ^= 1;
      refused(auth, other, "signature is wrong");
    }
    refused(auth, Arrays.copyOf(SIGNED, SIGNED.length - 1), "signature is wrong");
  }

  @Test
  void sha1IsRefusedAlsoWhenTheSignatureIsRight() throws Exception {
    Signature signer = Signature.getInstance("SHA1withRSA");
    signer.initSign(pair.getPrivate());
    signer.update(SIGNED);
    Octets algorithm = Octets.ofHex("300d06092a864886f70d0101050500");
    Octets data = new SignatureAuthData(algorithm, Octets.of(signer.sign())).encode();

    refused(new AuthPayload(AuthMethod.DIGITAL_SIGNATURE, data), SIGNED, "is not accepted");
  }

  @Test
  void theAlgorithmThatIsNamedMustBeTheOneUsed() throws Exception {
    SignatureAuthData pss = SignatureAuthData.decode(proof(SIGNED).data());
    for (String other : List.of("300d06092a864886f70d01010b0500", "300a06082a8648ce3d040302")) {
      Octets data = new SignatureAuthData(Octets.ofHex(other), pss.signature()).encode();

      refused(new AuthPayload(AuthMethod.DIGITAL_SIGNATURE, data), SIGNED, "in AUTH: ");
    }
  }

  @Test
  void otherMethodsAreRefused() {
    for (int method :
        new int[] {
          AuthMethod.RSA_DIGITAL_SIGNATURE,
          AuthMethod.SHARED_KEY_MIC,
          AuthMethod.ECDSA_SHA256_P256,
          AuthMethod.NULL
        }) {
      refused(
          new AuthPayload(method, Octets.of(new byte[32])), SIGNED, "configured is a signature");
    }
    PreSharedKey psk = new PreSharedKey(Secret.copyOf(new byte[] {1}));
    assertThatThrownBy(() -> psk.verify(prf, SIGNED, proof(SIGNED), List.of()))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("configured is a pre-shared key");
  }

  @Test
  void malformedProofsAreRefused() throws Exception {
    byte[] right = proof(SIGNED).data().toByteArray();
    for (int length = 1; length < right.length; length++) {
      AuthPayload cut =
          new AuthPayload(AuthMethod.DIGITAL_SIGNATURE, Octets.of(Arrays.copyOf(right, length)));
      refused(cut, SIGNED, "");
    }
    for (int i = 0; i < right.length; i++) {
      byte[] bad = right.clone();
      bad[i] ^= 0x41;
      refused(new AuthPayload(AuthMethod.DIGITAL_SIGNATURE, Octets.of(bad)), SIGNED, "");
    }
  }

  @Test
  void certificatesThatAreNoneAreRefused() throws Exception {
    AuthPayload auth = proof(SIGNED);
    CertificateAuthorities authorities = new CertificateAuthorities(List.of(spki));
    CertPayload garbage = new CertPayload(CertEncoding.X509_SIGNATURE, spki);
    CertPayload rawKey = new CertPayload(CertEncoding.RAW_PUBLIC_KEY, spki);
    CertPayload url = new CertPayload(CertEncoding.HASH_URL_X509, spki);
    for (List<CertPayload> shown :
        List.of(
            List.<CertPayload>of(),
            List.of(garbage),
            List.of(rawKey),
            List.of(url),
            List.of(rawKey, garbage),
            java.util.Collections.nCopies(11, garbage))) {
      assertThatThrownBy(() -> authorities.verify(prf, SIGNED, auth, shown))
          .isInstanceOf(CryptoException.class);
    }
    assertThatThrownBy(() -> new CertificateAuthorities(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void asksForWhatItTakes() {
    CertReqPayload request = new CertificateAuthorities(List.of(spki, spki)).requests().get(0);
    assertThat(request.encoding()).isEqualTo(CertEncoding.X509_SIGNATURE);
    assertThat(request.hashes()).hasSize(2);
    assertThat(expected.requests())
        .containsExactly(new CertReqPayload(CertEncoding.RAW_PUBLIC_KEY, Octets.EMPTY));
  }

  @Test
  void keysOfTwoPairsAreFound() throws Exception {
    KeyPair other = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    SigningCredential.ofRawKey(pair.getPrivate(), spki).requirePair(RANDOM);
    SigningCredential mixed = SigningCredential.ofRawKey(other.getPrivate(), spki);

    assertThatThrownBy(() -> mixed.requirePair(RANDOM)).isInstanceOf(CryptoException.class);
    assertThat(mixed.toString()).doesNotContain(other.getPrivate().toString());
  }

  private static PayloadChain announcing(String... data) throws Exception {
    return new PayloadChain(
        Arrays.stream(data)
            .map(d -> NotifyPayload.of(NotifyType.SIGNATURE_HASH_ALGORITHMS, Octets.ofHex(d)))
            .map(io.gkm.ike.wire.Payload.class::cast)
            .toList());
  }

  @Test
  void hashesAreListsOfNumbers() throws Exception {
    assertThat(SignatureHashes.announcement(Set.of(5, 2, 3)).data())
        .isEqualTo(Octets.ofHex("000200030005"));
    assertThat(SignatureHashes.read(announcing("000200030005"))).containsExactlyInAnyOrder(2, 3, 5);
    assertThat(SignatureHashes.read(announcing("0002", "ff04")))
        .containsExactlyInAnyOrder(2, 0xff04);
    assertThat(SignatureHashes.read(announcing("000200"))).isEmpty();
    assertThat(SignatureHashes.read(announcing())).isEmpty();
  }

  /** An answer without a hash to sign with may be forged: another one may still come. */
  @Test
  void anAnswerThatLeavesNothingToSignWithIsIgnored() throws Exception {
    Credentials signing =
        new Credentials(SigningCredential.ofRawKey(pair.getPrivate(), spki), expected);
    UdpPath path = Samples.settings().firstPath();
    SignatureHashes extension = new SignatureHashes(signing);

    assertThat(extension.offer(1, path)).hasSize(1);
    for (PayloadChain weak : List.of(announcing("0001"), announcing(), announcing("00010005"))) {
      assertThatThrownBy(() -> extension.accepted(1, 2, path, weak))
          .isInstanceOf(IgnoredMessageException.class);
      assertThat(extension.announced()).isEmpty();
    }
    extension.accepted(1, 2, path, announcing("00010002"));
    assertThat(extension.announced()).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void whoSignsNothingNeedsNoHashes() {
    SignatureHashes extension =
        new SignatureHashes(new PreSharedKey(Secret.copyOf(new byte[] {1})));
    UdpPath path = Samples.settings().firstPath();

    assertThat(extension.offer(1, path)).isEmpty();
    assertThatCode(() -> extension.accepted(1, 2, path, announcing())).doesNotThrowAnyException();
  }
}
