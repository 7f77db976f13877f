package io.gkm.ike.wire;

/** Chooses the decoder of a payload body by the payload type. */
final class PayloadDecoder {
  private PayloadDecoder() {}

  /**
   * Decodes one body.
   *
   * @param next the Next Payload field, which encrypted payloads keep
   * @param flags the critical and reserved octet of the generic header
   */
  static Payload decode(int type, int next, int flags, ByteReader body) throws WireException {
    boolean critical = (flags & PayloadChain.CRITICAL) != 0;
    return switch (type) {
      case PayloadType.SA -> SaPayload.decode(body);
      case PayloadType.KE -> KePayload.decode(body);
      case PayloadType.IDI, PayloadType.IDR, PayloadType.IDG -> IdPayload.decode(type, body);
      case PayloadType.CERT -> CertPayload.decode(body);
      case PayloadType.CERTREQ -> CertReqPayload.decode(body);
      case PayloadType.AUTH -> AuthPayload.decode(body);
      case PayloadType.NONCE -> NoncePayload.decode(body);
      case PayloadType.NOTIFY -> NotifyPayload.decode(body);
      case PayloadType.DELETE -> DeletePayload.decode(body);
      case PayloadType.VENDOR_ID -> VendorIdPayload.decode(body);
      case PayloadType.SK -> EncryptedPayload.decode(next, flags, body);
      case PayloadType.SKF -> EncryptedFragmentPayload.decode(next, flags, body);
      case PayloadType.GSA -> GsaPayload.decode(body);
      case PayloadType.KD -> KdPayload.decode(body);
      default -> {
        if (PayloadType.isKnown(type)) {
          yield RawPayload.decode(type, critical, body);
        }
        if (critical) {
          throw WireException.unsupportedCritical(type, body.offset() - Payload.HEADER_LENGTH);
        }
        yield UnknownPayload.decode(type, body);
      }
    };
  }
}
