package io.gkm.ike.crypto;

import io.gkm.ike.wire.KeMethod;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.RawAgreement;
import org.bouncycastle.crypto.agreement.X25519Agreement;
import org.bouncycastle.crypto.agreement.X448Agreement;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.crypto.params.X448PrivateKeyParameters;
import org.bouncycastle.crypto.params.X448PublicKeyParameters;

/**
 * The curves of RFC 7748 (RFC 8031): public values, private values and secrets are equally long.
 */
enum MontgomeryCurve {
  CURVE25519(KeMethod.CURVE25519, 32),
  CURVE448(KeMethod.CURVE448, 56);

  private final int method;
  private final int octets;

  MontgomeryCurve(int method, int octets) {
    this.method = method;
    this.octets = octets;
  }

  /** The curve with this key exchange method. */
  static Optional<MontgomeryCurve> find(int method) {
    return Arrays.stream(values()).filter(curve -> curve.method == method).findFirst();
  }

  int method() {
    return method;
  }

  /** Octets of a public value. */
  int octets() {
    return octets;
  }

  RawAgreement newAgreement() {
    return switch (this) {
      case CURVE25519 -> new X25519Agreement();
      case CURVE448 -> new X448Agreement();
    };
  }

  byte[] newPrivateValue(SecureRandom random) {
    return switch (this) {
      case CURVE25519 -> new X25519PrivateKeyParameters(random).getEncoded();
      case CURVE448 -> new X448PrivateKeyParameters(random).getEncoded();
    };
  }

  AsymmetricKeyParameter privateKey(byte[] privateValue) {
    return switch (this) {
      case CURVE25519 -> new X25519PrivateKeyParameters(privateValue);
      case CURVE448 -> new X448PrivateKeyParameters(privateValue);
    };
  }

  AsymmetricKeyParameter publicKey(byte[] publicValue) {
    return switch (this) {
      case CURVE25519 -> new X25519PublicKeyParameters(publicValue);
      case CURVE448 -> new X448PublicKeyParameters(publicValue);
    };
  }

  byte[] publicValue(byte[] privateValue) {
    return switch (this) {
      case CURVE25519 ->
          new X25519PrivateKeyParameters(privateValue).generatePublicKey().getEncoded();
      case CURVE448 -> new X448PrivateKeyParameters(privateValue).generatePublicKey().getEncoded();
    };
  }
}
