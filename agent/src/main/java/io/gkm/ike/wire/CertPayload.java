package io.gkm.ike.wire;

/**
 * Certificate (37): {@code encoding(1) data} (RFC 7296 section 3.6).
 *
 * @param encoding a number of {@link CertEncoding}
 * @param data the certificate, not empty
 */
public record CertPayload(int encoding, Octets data) implements Payload {
  @Override
  public int type() {
    return PayloadType.CERT;
  }

  static CertPayload decode(ByteReader in) throws WireException {
    int encoding = in.u8("Cert Encoding");
    if (!in.hasRemaining()) {
      throw in.error("Certificate Data", "empty");
    }
    return new CertPayload(encoding, in.rest());
  }

  @Override
  public void encodeBody(ByteWriter out) {
    out.u8(encoding).octets(data);
  }
}
