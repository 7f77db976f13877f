package io.gkm.ike.wire;

/**
 * One payload of a message, without its generic header (RFC 7296 section 3.2). Each record has a
 * {@code decode} beside its {@link #encodeBody}; {@link PayloadChain} writes and reads the generic
 * headers around them.
 */
public sealed interface Payload
    permits SaPayload,
        KePayload,
        IdPayload,
        CertPayload,
        CertReqPayload,
        AuthPayload,
        NoncePayload,
        NotifyPayload,
        DeletePayload,
        VendorIdPayload,
        GsaPayload,
        KdPayload,
        EncryptedPayload,
        EncryptedFragmentPayload,
        RawPayload,
        UnknownPayload {
  /** Octets of the generic payload header: next payload, critical bit and reserved, length (2). */
  int HEADER_LENGTH = 4;

  /** The payload type, a number of {@link PayloadType}. */
  int type();

  /** Writes the body: everything after the generic header. */
  void encodeBody(ByteWriter out);

  /** The second octet of the generic header: the critical bit 0x80 and seven reserved bits. */
  default int headerFlags() {
    return 0;
  }
}
