package io.gkm.ike.wire;

/**
 * Encrypted and Authenticated SK (46): {@code IV ciphertext ICV} (RFC 7296 section 3.14). Always
 * the last payload, so its body is the end of the datagram: the associated data of an AEAD
 * transform are the datagram's octets before the body.
 *
 * @param firstInnerType the Next Payload field: the type of the first encrypted payload, 0 if there
 *     is none
 * @param headerFlags the critical and reserved octet of the generic header, which authentication
 *     covers as sent
 * @param body IV, ciphertext and ICV
 */
public record EncryptedPayload(int firstInnerType, int headerFlags, Octets body)
    implements Payload {
  @Override
  public int type() {
    return PayloadType.SK;
  }

  static EncryptedPayload decode(int firstInnerType, int headerFlags, ByteReader in)
      throws WireException {
    if (!in.hasRemaining()) {
      throw in.error("Encrypted Payload", "empty");
    }
    return new EncryptedPayload(firstInnerType, headerFlags, in.rest());
  }

  @Override
  public void encodeBody(ByteWriter out) {
    out.octets(body);
  }
}
