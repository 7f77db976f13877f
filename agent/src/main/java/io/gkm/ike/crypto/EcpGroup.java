package io.gkm.ike.crypto;

import io.gkm.ike.wire.KeMethod;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.teletrust.TeleTrusTNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;

/** Elliptic curve groups: ECP of RFC 5903 and brainpool of RFC 6954, with 256 bits and more. */
enum EcpGroup {
  ECP_256(KeMethod.ECP_256, "secp256r1", 32),
  ECP_384(KeMethod.ECP_384, "secp384r1", 48),
  ECP_521(KeMethod.ECP_521, "secp521r1", 66),
  BRAINPOOL_P256R1(KeMethod.BRAINPOOL_P256R1, "brainpoolP256r1", 32),
  BRAINPOOL_P384R1(KeMethod.BRAINPOOL_P384R1, "brainpoolP384r1", 48),
  BRAINPOOL_P512R1(KeMethod.BRAINPOOL_P512R1, "brainpoolP512r1", 64);

  private final int method;
  private final String curve;
  private final int fieldOctets;

  EcpGroup(int method, String curve, int fieldOctets) {
    this.method = method;
    this.curve = curve;
    this.fieldOctets = fieldOctets;
  }

  /** The group with this key exchange method. */
  static Optional<EcpGroup> find(int method) {
    return Arrays.stream(values()).filter(g -> g.method == method).findFirst();
  }

  int method() {
    return method;
  }

  /** Octets of a public value: x | y. */
  int publicOctets() {
    return 2 * fieldOctets;
  }

  ECDomainParameters domain() {
    X9ECParameters named = CustomNamedCurves.getByName(curve);
    return new ECDomainParameters(named != null ? named : TeleTrusTNamedCurves.getByName(curve));
  }
}
