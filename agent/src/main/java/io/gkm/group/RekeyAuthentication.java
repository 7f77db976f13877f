package io.gkm.group;

import io.gkm.ike.IgnoredMessageException;
import io.gkm.ike.RekeyMessage;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.SignatureAlgorithm;
import io.gkm.ike.wire.GcauthId;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.util.Optional;

/** How members know that the GCKS sent a GSA_REKEY (RFC 9838 section 4.4.2.1.1, GCAUTH). */
sealed interface RekeyAuthentication {
  /**
   * Checks a message that was opened with the Rekey SA's keys.
   *
   * @throws IgnoredMessageException when it is not the GCKS's
   */
  void check(RekeyMessage message) throws IgnoredMessageException;

  /**
   * The same method for the messages that follow one that brought another AUTH_KEY, if it did.
   *
   * @throws PolicyRefusedException when there is a key where none belongs, or one of another kind
   */
  RekeyAuthentication with(Optional<Octets> authKey) throws PolicyRefusedException;

  /** For people. */
  String text();

  /**
   * The method that a registration's policy names.
   *
   * @param authKey AUTH_KEY, DER SubjectPublicKeyInfo
   */
  static RekeyAuthentication of(GroupSaPolicy policy, Optional<Octets> authKey)
      throws PolicyRefusedException {
    Optional<Transform> method = policy.transform(TransformType.GCAUTH);
    if (method.isEmpty()) {
      throw new PolicyRefusedException(
          RekeyPolicyCheck.SA + " does not say how rekeys are authenticated (GCAUTH)");
    }
    if (method.get().id() == GcauthId.IMPLICIT) {
      return new Implicit().with(authKey);
    }
    if (method.get().id() != GcauthId.DIGITAL_SIGNATURE) {
      throw new PolicyRefusedException(
          RekeyPolicyCheck.SA + " uses " + method.get() + ", which is not supported");
    }
    if (authKey.isEmpty()) {
      throw new PolicyRefusedException(
          RekeyPolicyCheck.SA
              + " signs rekeys, but the key to verify them (AUTH_KEY) is not there");
    }
    return Signed.of(method.get().signatureAlgorithm().orElseThrow(), authKey.get());
  }

  /** Whoever has the Rekey SA's keys, which is every member: GCAUTH 1. */
  record Implicit() implements RekeyAuthentication {
    @Override
    public void check(RekeyMessage message) throws IgnoredMessageException {
      if (message.signature().isPresent()) {
        throw new IgnoredMessageException("GSA_REKEY has an AUTH payload where none belongs");
      }
    }

    @Override
    public RekeyAuthentication with(Optional<Octets> authKey) throws PolicyRefusedException {
      if (authKey.isPresent()) {
        throw new PolicyRefusedException(
            RekeyPolicyCheck.SA
                + " does not sign rekeys, but there is a key to verify them (AUTH_KEY)");
      }
      return this;
    }

    @Override
    public String text() {
      return "implicit";
    }
  }

  /**
   * The GCKS signs: GCAUTH 2.
   *
   * @param algorithm Signature Algorithm Identifier of the policy
   * @param key AUTH_KEY, DER SubjectPublicKeyInfo
   */
  record Signed(SignatureAlgorithm algorithm, Octets key) implements RekeyAuthentication {
    static Signed of(Octets algorithmIdentifier, Octets key) throws PolicyRefusedException {
      try {
        SignatureAlgorithm algorithm = SignatureAlgorithm.parse(algorithmIdentifier.toByteArray());
        algorithm.requireUsable(key.toByteArray());
        return new Signed(algorithm, key);
      } catch (CryptoException e) {
        throw new PolicyRefusedException(
            RekeyPolicyCheck.SA + " cannot be trusted: " + e.getMessage(), e);
      }
    }

    @Override
    public void check(RekeyMessage message) throws IgnoredMessageException {
      Optional<RekeyMessage.Signature> signature = message.signature();
      if (signature.isEmpty()) {
        throw new IgnoredMessageException("GSA_REKEY is not signed");
      }
      try {
        // Before the signature is looked at: nobody may choose another algorithm (GM-38).
        SignatureAlgorithm named =
            SignatureAlgorithm.parse(signature.get().algorithmIdentifier().toByteArray());
        if (!named.equals(algorithm)) {
          throw new IgnoredMessageException(
              "GSA_REKEY is signed with " + named + ", the policy says " + algorithm);
        }
        algorithm.verify(
            key.toByteArray(),
            signature.get().signed().toByteArray(),
            signature.get().signature().toByteArray());
      } catch (CryptoException e) {
        throw new IgnoredMessageException("GSA_REKEY's signature", e);
      }
    }

    @Override
    public RekeyAuthentication with(Optional<Octets> authKey) throws PolicyRefusedException {
      return authKey.isEmpty() ? this : of(Octets.of(algorithm.encoded()), authKey.get());
    }

    @Override
    public String text() {
      return "signature " + algorithm;
    }
  }
}
