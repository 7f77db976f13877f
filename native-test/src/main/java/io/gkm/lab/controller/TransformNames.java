package io.gkm.lab.controller;

import io.gkm.ike.wire.EncrId;
import io.gkm.ike.wire.IntegId;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.util.Map;

/** Names of transforms in the configuration file, such as {@code aes-gcm-16-256}. */
final class TransformNames {
  private static final Map<String, Integer> CIPHERS =
      Map.of(
          "aes-cbc", EncrId.AES_CBC,
          "aes-ctr", EncrId.AES_CTR,
          "aes-ccm-16", EncrId.AES_CCM_16,
          "aes-gcm-8", EncrId.AES_GCM_8,
          "aes-gcm-12", EncrId.AES_GCM_12,
          "aes-gcm-16", EncrId.AES_GCM_16,
          "null-auth-aes-gmac", EncrId.NULL_AUTH_AES_GMAC);

  private static final Map<String, Integer> INTEGRITY =
      Map.of(
          "aes-cmac-96", IntegId.AES_CMAC_96,
          "hmac-sha2-256", IntegId.HMAC_SHA2_256_128,
          "hmac-sha2-384", IntegId.HMAC_SHA2_384_192,
          "hmac-sha2-512", IntegId.HMAC_SHA2_512_256);

  private TransformNames() {}

  static Transform encryption(String name) {
    if (name.equals("null")) {
      return Transform.of(TransformType.ENCR, EncrId.NULL);
    }
    if (name.equals("chacha20-poly1305")) {
      return Transform.of(TransformType.ENCR, EncrId.CHACHA20_POLY1305);
    }
    int dash = name.lastIndexOf('-');
    Integer id = dash < 0 ? null : CIPHERS.get(name.substring(0, dash));
    if (id == null) {
      throw new IllegalArgumentException(
          "unknown encryption "
              + name
              + "; known: null, chacha20-poly1305, and with a key length behind "
              + CIPHERS.keySet());
    }
    return Transform.of(TransformType.ENCR, id, Integer.parseInt(name.substring(dash + 1)));
  }

  static Transform integrity(String name) {
    Integer id = INTEGRITY.get(name);
    if (id == null) {
      throw new IllegalArgumentException(
          "unknown integrity " + name + "; known: " + INTEGRITY.keySet());
    }
    return Transform.of(TransformType.INTEG, id);
  }
}
