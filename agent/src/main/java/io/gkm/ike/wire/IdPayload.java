package io.gkm.ike.wire;

/**
 * Identification IDi (35), IDr (36) or group IDg (50): {@code type(1) reserved(3) data} (RFC 7296
 * section 3.5, RFC 9838 section 4.2).
 *
 * @param type which of the three payloads
 * @param id the identity
 */
public record IdPayload(int type, Identification id) implements Payload {
  /** Refuses other payload types than the three. */
  public IdPayload {
    if (type != PayloadType.IDI && type != PayloadType.IDR && type != PayloadType.IDG) {
      throw new IllegalArgumentException(
          PayloadType.name(type) + " is not an identification payload");
    }
  }

  static IdPayload decode(int type, ByteReader in) throws WireException {
    int idType = in.u8("ID Type");
    in.skip(3, "ID RESERVED");
    return new IdPayload(type, Identification.decode(idType, in));
  }

  @Override
  public void encodeBody(ByteWriter out) {
    out.octets(body());
  }

  /**
   * The body as octets: what the AUTH computation calls RestOfInitIDPayload / RestOfRespIDPayload.
   */
  public Octets body() {
    return new ByteWriter().u8(id.idType()).zeros(3).octets(id.data()).toOctets();
  }
}
