package io.gkm.ike.wire;

/**
 * Nonce (40) (RFC 7296 section 3.9).
 *
 * @param nonce 16 to 256 octets
 */
public record NoncePayload(Octets nonce) implements Payload {
  public static final int MIN_LENGTH = 16;
  public static final int MAX_LENGTH = 256;

  @Override
  public int type() {
    return PayloadType.NONCE;
  }

  static NoncePayload decode(ByteReader in) throws WireException {
    if (in.remaining() < MIN_LENGTH || in.remaining() > MAX_LENGTH) {
      throw in.error("Nonce Data", in.remaining() + " octets, expected 16 to 256");
    }
    return new NoncePayload(in.rest());
  }

  @Override
  public void encodeBody(ByteWriter out) {
    out.octets(nonce);
  }
}
