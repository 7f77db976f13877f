package io.gkm.ike.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Payloads linked by the Next Payload fields of their generic headers (RFC 7296 section 3.2): the
 * payloads of a message in clear, or those inside an encrypted payload.
 *
 * @param payloads in message order
 */
public record PayloadChain(List<Payload> payloads) {
  /** Most payloads a chain may have. */
  public static final int MAX_PAYLOADS = 64;

  /** The critical bit in the second octet of a generic header. */
  public static final int CRITICAL = 0x80;

  /** Copies the list. */
  public PayloadChain {
    payloads = List.copyOf(payloads);
  }

  /**
   * Reads decrypted payloads; encrypted payloads inside are refused.
   *
   * @param firstType type of the first payload, 0 if there is none
   * @param data the payloads, nothing else
   * @param baseOffset the offset of the first octet that errors should count from
   */
  public static PayloadChain decode(int firstType, byte[] data, int baseOffset)
      throws WireException {
    return decode(firstType, new ByteReader(data, baseOffset), false);
  }

  static PayloadChain decode(int firstType, ByteReader in, boolean encryptedAllowed)
      throws WireException {
    List<Payload> payloads = new ArrayList<>();
    int type = firstType;
    while (type != PayloadType.NONE) {
      if (payloads.size() == MAX_PAYLOADS) {
        throw in.error(PayloadType.name(type), "more than " + MAX_PAYLOADS + " payloads");
      }
      if (isEncrypted(type) && !encryptedAllowed) {
        throw in.error(PayloadType.name(type), "inside another encrypted payload");
      }
      int next = in.u8("Next Payload");
      int flags = in.u8("payload header flags");
      int length = in.u16("Payload Length");
      if (length < Payload.HEADER_LENGTH) {
        throw in.errorAt(2, "Payload Length", length + ", shorter than the header");
      }
      ByteReader body = in.slice(length - Payload.HEADER_LENGTH, PayloadType.name(type) + " body");
      payloads.add(PayloadDecoder.decode(type, next, flags, body));
      body.expectEnd(PayloadType.name(type));
      // The Next Payload of an encrypted payload names the first one inside it.
      type = isEncrypted(type) ? PayloadType.NONE : next;
    }
    in.expectEnd("last payload");
    return new PayloadChain(payloads);
  }

  /** The payloads with their generic headers. */
  public byte[] encode() {
    ByteWriter out = new ByteWriter();
    encode(out);
    return out.toByteArray();
  }

  /** The payloads with their generic headers. */
  public static byte[] encode(List<Payload> payloads) {
    return new PayloadChain(payloads).encode();
  }

  void encode(ByteWriter out) {
    for (int i = 0; i < payloads.size(); i++) {
      Payload payload = payloads.get(i);
      int start = out.size();
      header(out, nextType(i), payload.headerFlags(), 0);
      payload.encodeBody(out);
      out.patchU16(start + 2, out.size() - start);
    }
  }

  /**
   * Writes a generic payload header.
   *
   * @param flags the critical bit and the reserved bits
   * @param bodyLength octets of the body alone
   */
  public static void header(ByteWriter out, int nextPayload, int flags, int bodyLength) {
    out.u8(nextPayload).u8(flags).u16(Payload.HEADER_LENGTH + bodyLength);
  }

  private int nextType(int index) {
    Payload payload = payloads.get(index);
    if (payload instanceof EncryptedPayload sk) {
      return sk.firstInnerType();
    }
    if (payload instanceof EncryptedFragmentPayload skf) {
      return skf.firstInnerType();
    }
    return index + 1 < payloads.size() ? payloads.get(index + 1).type() : PayloadType.NONE;
  }

  private static boolean isEncrypted(int type) {
    return type == PayloadType.SK || type == PayloadType.SKF;
  }

  /**
   * Type of the first payload, 0 if there is none: the Next Payload field in front of the chain.
   */
  public int firstType() {
    return payloads.isEmpty() ? PayloadType.NONE : payloads.get(0).type();
  }

  /** The first payload of the class. */
  public <T extends Payload> Optional<T> first(Class<T> payload) {
    return all(payload).stream().findFirst();
  }

  /** All payloads of the class, in message order. */
  public <T extends Payload> List<T> all(Class<T> payload) {
    return payloads.stream().filter(payload::isInstance).map(payload::cast).toList();
  }

  /**
   * The payload of a class that may appear once.
   *
   * @throws WireException if there are two
   */
  public <T extends Payload> Optional<T> single(Class<T> payload) throws WireException {
    return atMostOne(all(payload), payload.getSimpleName());
  }

  /**
   * The payload of a class that must appear exactly once.
   *
   * @throws WireException if there is none or two
   */
  public <T extends Payload> T required(Class<T> payload) throws WireException {
    return single(payload).orElseThrow(() -> new WireException(payload.getSimpleName(), "missing"));
  }

  /**
   * The identification payload of one of the types IDi, IDr, IDg.
   *
   * @throws WireException if there are two of this type
   */
  public Optional<Identification> identification(int payloadType) throws WireException {
    List<IdPayload> found =
        all(IdPayload.class).stream().filter(id -> id.type() == payloadType).toList();
    return atMostOne(found, PayloadType.name(payloadType)).map(IdPayload::id);
  }

  /** The first notification of the type. */
  public Optional<NotifyPayload> notification(int notifyType) {
    return notifications(notifyType).stream().findFirst();
  }

  /** All notifications of the type, in message order. */
  public List<NotifyPayload> notifications(int notifyType) {
    return all(NotifyPayload.class).stream().filter(n -> n.notifyType() == notifyType).toList();
  }

  /** The first notification that reports an error. */
  public Optional<NotifyPayload> firstError() {
    return all(NotifyPayload.class).stream().filter(NotifyPayload::isError).findFirst();
  }

  private static <T> Optional<T> atMostOne(List<T> found, String name) throws WireException {
    if (found.size() > 1) {
      throw new WireException(name, found.size() + " payloads, expected one");
    }
    return found.stream().findFirst();
  }
}
