package io.gkm.ike.wire;

/**
 * A payload of unknown type without the critical bit, to be skipped (RFC 7296 section 2.5).
 *
 * @param type the payload type
 * @param body everything after the generic header
 */
public record UnknownPayload(int type, Octets body) implements Payload {
  static UnknownPayload decode(int type, ByteReader in) {
    return new UnknownPayload(type, in.rest());
  }

  @Override
  public void encodeBody(ByteWriter out) {
    out.octets(body);
  }
}
