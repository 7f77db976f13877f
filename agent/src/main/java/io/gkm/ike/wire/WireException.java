package io.gkm.ike.wire;

/**
 * A received message does not follow the format. The only exception decoders throw.
 *
 * <p>Carries the notification a responder would send for it (RFC 7296 section 2.21): INVALID_SYNTAX
 * unless said otherwise.
 */
public final class WireException extends Exception {
  /**
   * The value of {@link #offset()} of an error that no single octet shows, such as a missing
   * payload.
   */
  public static final int NO_OFFSET = -1;

  private final String field;
  private final int offset;
  private final int notifyType;
  private final transient Octets notifyData;

  private WireException(String field, int offset, String problem, int notifyType, Octets data) {
    super(field + (offset == NO_OFFSET ? "" : " at octet " + offset) + ": " + problem);
    this.field = field;
    this.offset = offset;
    this.notifyType = notifyType;
    this.notifyData = data;
  }

  /** An INVALID_SYNTAX error. */
  public WireException(String field, int offset, String problem) {
    this(field, offset, problem, NotifyType.INVALID_SYNTAX, Octets.EMPTY);
  }

  /** An INVALID_SYNTAX error that belongs to the message as a whole. */
  public WireException(String field, String problem) {
    this(field, NO_OFFSET, problem);
  }

  static WireException unsupportedCritical(int payloadType, int offset) {
    return new WireException(
        PayloadType.name(payloadType),
        offset,
        "unknown payload type with the critical bit",
        NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD,
        Octets.of((byte) payloadType));
  }

  static WireException majorVersion(int version, int offset) {
    return new WireException(
        "Version",
        offset,
        "IKE version " + (version >>> 4) + "." + (version & 0xf) + ", expected 2.0",
        NotifyType.INVALID_MAJOR_VERSION,
        Octets.EMPTY);
  }

  /** The field that is wrong, in the words of the RFC. */
  public String field() {
    return field;
  }

  /**
   * The absolute offset of the field in the message (or in the decrypted payloads), or {@link
   * #NO_OFFSET}.
   */
  public int offset() {
    return offset;
  }

  /** The notification that answers this error. */
  public int notifyType() {
    return notifyType;
  }

  /**
   * The data of that notification: the payload type for UNSUPPORTED_CRITICAL_PAYLOAD, else empty.
   */
  public Octets notifyData() {
    return notifyData;
  }
}
