package io.gkm.ike.wire;

/**
 * Authentication (39): {@code method(1) reserved(3) data} (RFC 7296 section 3.8).
 *
 * @param method a number of {@link AuthMethod}
 * @param data the authentication data; of method 14 see {@link SignatureAuthData}
 */
public record AuthPayload(int method, Octets data) implements Payload {
  @Override
  public int type() {
    return PayloadType.AUTH;
  }

  static AuthPayload decode(ByteReader in) throws WireException {
    int method = in.u8("Auth Method");
    in.skip(3, "AUTH RESERVED");
    if (!in.hasRemaining()) {
      throw in.error("Authentication Data", "empty");
    }
    return new AuthPayload(method, in.rest());
  }

  @Override
  public void encodeBody(ByteWriter out) {
    out.u8(method).zeros(3).octets(data);
  }
}
