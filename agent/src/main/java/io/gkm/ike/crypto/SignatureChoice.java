package io.gkm.ike.crypto;

import io.gkm.ike.crypto.SignatureAlgorithm.Kind;
import io.gkm.ike.wire.HashId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Which algorithm a key signs with, and which hashes are announced (RFC 7427 section 4). */
public final class SignatureChoice {
  private SignatureChoice() {}

  /** What we announce in SIGNATURE_HASH_ALGORITHMS: what we accept, see {@link HashId}. */
  public static Set<Integer> accepted() {
    return Set.of(HashId.SHA2_256, HashId.SHA2_384, HashId.SHA2_512, HashId.IDENTITY);
  }

  /** The number by which an algorithm's hash is announced; IDENTITY for EdDSA (RFC 8420). */
  public static int hashId(SignatureAlgorithm algorithm) {
    return algorithm.hash().map(SignatureHash::id).orElse(HashId.IDENTITY);
  }

  /**
   * The algorithm to sign with. An RSA key signs with RSASSA-PSS (RFC 8247 section 3.2), an ECDSA
   * key with the hash as strong as its curve if it can.
   *
   * @param spki our public key, DER SubjectPublicKeyInfo
   * @param announced the hashes that the peer takes, see {@link HashId}
   * @throws CryptoException when the key is not accepted, or the peer takes no hash for it
   */
  public static SignatureAlgorithm of(byte[] spki, Set<Integer> announced) throws CryptoException {
    List<SignatureAlgorithm> usable = usable(spki);
    return usable.stream()
        .filter(algorithm -> announced.contains(hashId(algorithm)))
        .findFirst()
        .orElseThrow(
            () ->
                new CryptoException(
                    "the peer takes none of "
                        + usable
                        + ", only the hashes "
                        + announced.stream().sorted().map(HashId::name).toList()));
  }

  /**
   * What a key can sign with, the best first; never empty.
   *
   * @param spki DER SubjectPublicKeyInfo
   * @throws CryptoException when no signature of this key is accepted: it is malformed, too weak or
   *     of another kind
   */
  public static List<SignatureAlgorithm> usable(byte[] spki) throws CryptoException {
    List<SignatureAlgorithm> usable = new ArrayList<>();
    CryptoException why = new CryptoException("public key is not accepted");
    for (SignatureAlgorithm algorithm : candidates(spki)) {
      try {
        algorithm.requireUsable(spki);
        usable.add(algorithm);
      } catch (CryptoException e) {
        why = e;
      }
    }
    if (usable.isEmpty()) {
      throw why;
    }
    return usable;
  }

  private static List<SignatureAlgorithm> candidates(byte[] spki) throws CryptoException {
    SubjectPublicKeyInfo info;
    try {
      info = SubjectPublicKeyInfo.getInstance(spki);
    } catch (RuntimeException e) {
      // Bouncy Castle's ASN.1 classes throw several kinds of RuntimeException at bad input.
      throw new CryptoException("public key does not parse", e);
    }
    String oid = info.getAlgorithm().getAlgorithm().getId();
    if (oid.equals(SignatureKeys.ED25519.getId())) {
      return List.of(new SignatureAlgorithm(Kind.ED25519, Optional.empty()));
    }
    if (oid.equals(SignatureKeys.ED448.getId())) {
      return List.of(new SignatureAlgorithm(Kind.ED448, Optional.empty()));
    }
    Kind kind = oid.equals(X9ObjectIdentifiers.id_ecPublicKey.getId()) ? Kind.ECDSA : Kind.RSA_PSS;
    return hashes(info.getAlgorithm().getParameters()).stream()
        .map(hash -> new SignatureAlgorithm(kind, Optional.of(hash)))
        .toList();
  }

  private static List<SignatureHash> hashes(ASN1Encodable curve) {
    if (SECObjectIdentifiers.secp384r1.equals(curve)) {
      return List.of(SignatureHash.SHA2_384, SignatureHash.SHA2_512, SignatureHash.SHA2_256);
    }
    if (SECObjectIdentifiers.secp521r1.equals(curve)) {
      return List.of(SignatureHash.SHA2_512, SignatureHash.SHA2_384, SignatureHash.SHA2_256);
    }
    return List.of(SignatureHash.values());
  }
}
