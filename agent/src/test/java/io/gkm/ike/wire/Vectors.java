package io.gkm.ike.wire;

/** Byte-exact structures that several tests use; all in hexadecimal. */
final class Vectors {
  private Vectors() {}

  /** RFC 7634 appendix B: a ChaCha20-Poly1305 protected INFORMATIONAL message. */
  static final String CHACHA_MESSAGE =
      "c0c1c2c3c4c5c6c7d0d1d2d3d4d5d6d72e202500000000090000004529000029"
          + "1011121314151617610394701f8d017f7c129248896b71bfe25236efd7cdc67066906315b2";

  /** RFC 7634 appendix B: the payloads inside it. */
  static final String CHACHA_INNER = "0000000c000040010000000a";

  /** An INFORMATIONAL request protected with AES-CBC and HMAC-SHA2-256-128, message id 2. */
  static final String CBC_MESSAGE =
      "0102030405060708090a0b0c0d0e0f102e20250800000002000000502a000034"
          + "404142434445464748494a4b4c4d4e4f"
          + "e4227bc7ae5147d6d684aa87aeaec03039cdd51ff16e37f6170690ebdee58632";

  /** GIKE_UPDATE policy of a registration. */
  static final String REKEY_POLICY =
      "0610006b00112233445566778899aabbccddeeff"
          + "0711001003500350c0000201c0000201"
          + "0711001003500350efff0001efff0001"
          + "0300000c01000014800e0100"
          + "030000080d000003"
          + "000000130e00000200120007300506032b6570"
          + "0001000400015180"
          + "0002000400000001";

  /** Group-wide policy: ATD 10, DTD 20, SENDER_ID_BITS 8. */
  static final String GROUP_WIDE_POLICY = "000000108001000a8002001480030008";

  /** DER SubjectPublicKeyInfo of an Ed25519 key. */
  static final String SPKI =
      "302a300506032b657003210003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";

  /** Member key bag: AUTH_KEY and Sender-ID 5. */
  static final String MEMBER_KEY_BAG = "0000003c0002002c" + SPKI + "0003000400000005";

  /** SAg: a GIKE_UPDATE and an ESP proposal of the same number. */
  static final String SAG =
      "0200002c01060004"
          + "0300000c01000014800e0100030000080d000003030000080e000001000000080e000002"
          + "0000002401030003"
          + "0300000c01000014800e010003000008050000000000000805000002";

  /** ESP policy of a rekey, SPI c0ffee01. */
  static final String ESP_POLICY =
      "03040044c0ffee01"
          + "070000100000ffff00000000ffffffff"
          + "070000100000ffffef010203ef010203"
          + "0300000c01000014800e01000000000805000002"
          + "0001000400000e10";

  /** Group-wide policy of the rekey: ATD 10, DTD 20. */
  static final String REKEY_GROUP_WIDE = "0000000c8001000a80020014";

  static final String GSA_BODY = ESP_POLICY + REKEY_GROUP_WIDE;

  static final String WRAPPED_TEK =
      "6c827a10c3084880ed004e2c36202dd9a90a93dff156f43d9db5848a13af71c5663a0c61abbc4c7952e6733f000d7ecb";

  static final String KD_BODY = "03040044c0ffee01000100380000000000000000" + WRAPPED_TEK;

  static final String DELETE_BODY = "03040001c0ffee00";

  /** The payloads inside a GSA_REKEY message, with 64 octets of zeros as the signature. */
  static final String REKEY_INNER =
      "34000054"
          + GSA_BODY
          + "2a000048"
          + KD_BODY
          + "2900000c"
          + DELETE_BODY
          + "2700000800004007"
          + "000000500e00000007300506032b6570"
          + "00".repeat(64);

  /** The protected GSA_REKEY message of 313 octets that holds them. */
  static final String REKEY_MESSAGE =
      "00112233445566778899aabbccddeeff2e20290800000001000001393300011d0000000000000001"
          + "5d8f3be25565059ec634555b563c754e5e7ea82cc47c685aa9d8bfcf4c214d6df035ddf6a9b2f642"
          + "bf5bde2fd49d23f2245ba571e92c432061894e815f93ec17d31b970c0d4b9afba2fee6bb27e69a41"
          + "53eea3a4da9686cd985d260608c7aea7b81aeb6714fef2fb678caa7ef03a5515e0f53351d922358a"
          + "15935d6cbd2e2703fe3934ef94fb66a6280a4856d5aee6cf2e8a2974fa3a79e3bff855977e81d1a7"
          + "4a53c988210e7f0768e6ccd7c4c20b4c3696065e0aafd4b3a59ad6c4a7d729cfb124a5544888580c"
          + "46917334a605bbcf57fee89e3c3c4d0a263795222c7a2733d760cc210f4160b87b94cbafe5db5767"
          + "ddc337c0a13c81b24752d5cc10c93af272a0248977a25cf9e1102e689375933761";
}
