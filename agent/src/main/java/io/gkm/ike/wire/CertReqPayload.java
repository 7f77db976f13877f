package io.gkm.ike.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Certificate Request (38): {@code encoding(1) authorities} (RFC 7296 section 3.7).
 *
 * @param encoding a number of {@link CertEncoding}
 * @param authorities for X.509: concatenated SHA-1 hashes of the accepted authorities'
 *     SubjectPublicKeyInfo; may be empty
 */
public record CertReqPayload(int encoding, Octets authorities) implements Payload {
  private static final int HASH_LENGTH = 20;

  @Override
  public int type() {
    return PayloadType.CERTREQ;
  }

  static CertReqPayload decode(ByteReader in) throws WireException {
    int encoding = in.u8("Cert Encoding");
    if (encoding == CertEncoding.X509_SIGNATURE && in.remaining() % HASH_LENGTH != 0) {
      throw in.error(
          "Certification Authority", in.remaining() + " octets are not whole SHA-1 hashes");
    }
    return new CertReqPayload(encoding, in.rest());
  }

  @Override
  public void encodeBody(ByteWriter out) {
    out.u8(encoding).octets(authorities);
  }

  /** The 20-octet hashes one by one. */
  public List<Octets> hashes() {
    List<Octets> hashes = new ArrayList<>();
    for (int at = 0; at + HASH_LENGTH <= authorities.size(); at += HASH_LENGTH) {
      hashes.add(authorities.slice(at, at + HASH_LENGTH));
    }
    return List.copyOf(hashes);
  }
}
