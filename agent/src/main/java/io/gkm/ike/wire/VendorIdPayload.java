package io.gkm.ike.wire;

/**
 * Vendor ID (43) (RFC 7296 section 3.12).
 *
 * @param vendorId any octets
 */
public record VendorIdPayload(Octets vendorId) implements Payload {
  @Override
  public int type() {
    return PayloadType.VENDOR_ID;
  }

  static VendorIdPayload decode(ByteReader in) {
    return new VendorIdPayload(in.rest());
  }

  @Override
  public void encodeBody(ByteWriter out) {
    out.octets(vendorId);
  }
}
