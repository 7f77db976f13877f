package io.gkm.ike.wire;

/**
 * An identity (RFC 7296 section 3.5).
 *
 * @param idType a number of {@link IdType}
 * @param data its octets
 */
public record Identification(int idType, Octets data) {
  public static final int MAX_LENGTH = 1024;

  static Identification decode(int idType, ByteReader in) throws WireException {
    int length = in.remaining();
    boolean fits =
        switch (idType) {
          case IdType.IPV4_ADDR -> length == 4;
          case IdType.IPV6_ADDR -> length == 16;
          case IdType.NULL -> length == 0;
          default -> length >= 1 && length <= MAX_LENGTH;
        };
    if (!fits) {
      throw in.error("Identification Data", length + " octets of type " + IdType.name(idType));
    }
    return new Identification(idType, in.rest());
  }

  /**
   * Reads the notation of the configuration: {@code fqdn:NAME}, {@code email:NAME}, {@code
   * ipv4:ADDRESS}, {@code ipv6:ADDRESS}, {@code key-id:TEXT}, {@code key-id:0xHEX} or {@code
   * dn:NAME}.
   *
   * @throws IllegalArgumentException if the text is not such an identity; the message says why
   */
  public static Identification parse(String text) {
    return IdentificationText.parse(text);
  }

  /**
   * The notation of the configuration; octets that are not printable ASCII appear in hexadecimal.
   */
  public String format() {
    return IdentificationText.format(this);
  }

  /** The same as {@link #format}. */
  @Override
  public String toString() {
    return format();
  }
}
