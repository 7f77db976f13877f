package io.gkm.ike.wire;

/**
 * A wrapped key: {@code key id(4) KWK id(4) encrypted key} (RFC 9838 section 4.5.1).
 *
 * @param keyId 32 bits; 0 for the keying material of an SA
 * @param kwkId id of the key that wraps it; 0 for the GSK_w of the SA the message travels over
 * @param encryptedKey the output of the key wrap algorithm
 */
public record WrappedKey(long keyId, long kwkId, Octets encryptedKey) {
  static final int HEADER_LENGTH = 8;

  /** More than any key wrap algorithm makes of the 256 octets it must be able to wrap. */
  private static final int MAX_ENCRYPTED = 1024;

  /** Reads the value of the attribute of that name. */
  static WrappedKey decode(KeyBagAttribute attribute, String name, ByteReader after)
      throws WireException {
    Attribute.requireTlv(attribute, HEADER_LENGTH + 1, HEADER_LENGTH + MAX_ENCRYPTED, name, after);
    ByteReader in = new ByteReader(attribute.value().toByteArray());
    return new WrappedKey(in.u32(name + " Key ID"), in.u32(name + " KWK ID"), in.rest());
  }

  /** The value of the attribute. */
  Octets encode() {
    return new ByteWriter().u32(keyId).u32(kwkId).octets(encryptedKey).toOctets();
  }
}
