package io.gkm.ike.wire;

/**
 * Key Exchange (34): {@code method(2) reserved(2) data} (RFC 7296 section 3.4, RFC 9370).
 *
 * @param method a number of {@link KeMethod}
 * @param data the public value, not empty
 */
public record KePayload(int method, Octets data) implements Payload {
  @Override
  public int type() {
    return PayloadType.KE;
  }

  static KePayload decode(ByteReader in) throws WireException {
    int method = in.u16("Key Exchange Method");
    in.skip(2, "KE RESERVED");
    if (!in.hasRemaining()) {
      throw in.error("Key Exchange Data", "empty");
    }
    return new KePayload(method, in.rest());
  }

  @Override
  public void encodeBody(ByteWriter out) {
    out.u16(method).zeros(2).octets(data);
  }
}
