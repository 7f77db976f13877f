package io.gkm.ike.crypto;

import io.gkm.ike.wire.KeMethod;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.params.DHParameters;

/** The MODP groups of RFC 3526 with 2048 bits and more, generator 2. */
enum ModpGroup {
  MODP_2048(KeMethod.MODP_2048, 256),
  MODP_3072(KeMethod.MODP_3072, 384),
  MODP_4096(KeMethod.MODP_4096, 512),
  MODP_6144(KeMethod.MODP_6144, 768),
  MODP_8192(KeMethod.MODP_8192, 1024);

  private final int method;
  private final int octets;

  ModpGroup(int method, int octets) {
    this.method = method;
    this.octets = octets;
  }

  /** The group with this key exchange method. */
  static Optional<ModpGroup> find(int method) {
    return Arrays.stream(values()).filter(g -> g.method == method).findFirst();
  }

  int method() {
    return method;
  }

  DHParameters parameters() {
    return switch (this) {
      case MODP_2048 -> DHStandardGroups.rfc3526_2048;
      case MODP_3072 -> DHStandardGroups.rfc3526_3072;
      case MODP_4096 -> DHStandardGroups.rfc3526_4096;
      case MODP_6144 -> DHStandardGroups.rfc3526_6144;
      case MODP_8192 -> DHStandardGroups.rfc3526_8192;
    };
  }

  /** Octets of the modulus, a public value and the shared secret. */
  int octets() {
    return octets;
  }
}
